import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isAlive } from '../processes.ts'
import { assert, suite } from '../suite.ts'
import { nothingLeft, runFile } from './run-file.ts'

const LIMITS = { timeLimitMs: 30_000, lingerMs: 5_000 }

const test = suite('running a test file')
let folder: string

test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-file-'))
})
test.after(() => rm(folder, { recursive: true }))

/** A file that starts a process which holds the output for ten minutes, says its pid, and then dies. */
async function leavingBehind(options: string, script = 'echo "left: $$"; exec sleep 600', limits = {}) {
  const file = join(folder, 'leaving.test.ts')
  await writeFile(
    file,
    `import { spawn } from 'node:child_process'
     import { once } from 'node:events'
     const left = spawn('sh', ['-c', ${JSON.stringify(script)}], { stdio: ['ignore', 'pipe', 'inherit'], ${options} })
     console.log(String((await once(left.stdout, 'data'))[0]))
     throw new Error('died early')`,
  )
  const result = await runFile(folder, file, process.env, { ...LIMITS, ...limits })
  return { result, pid: Number(/left: (\d+)/.exec(result.output)![1]) }
}

async function untilGone(pid: number) {
  for (const until = Date.now() + 30_000; isAlive(pid); await delay(20)) assert.ok(Date.now() < until, 'it lives on')
}

test('a file that dies fails with its words, and what it started ends after it', async () => {
  const { result, pid } = await leavingBehind('')
  assert.equal(result.fault, 'exit code 1')
  assert.equal(result.failed, 1)
  assert.match(result.output, /died early/)
  await untilGone(pid)
})

test('what a file leaves behind is asked to end and may clean up first', async () => {
  const noted = join(folder, 'noted')
  const { pid } = await leavingBehind(
    '',
    `trap 'echo done > ${noted}; exit' TERM; echo "left: $$"; while :; do sleep 0.1; done`,
  )
  await untilGone(pid)
  assert.equal(await readFile(noted, 'utf8'), 'done\n')
})

test('what does not listen is killed in the end, for which the end of the run waits', async () => {
  const deaf = `trap '' TERM; echo "left: $$"; exec sleep 600`
  const { result, pid } = await leavingBehind('', deaf, { graceMs: 1_000 })
  assert.match(result.output, /died early/)
  await nothingLeft()
  await untilGone(pid)
})

test('a process that left the group does not hold up the run', async () => {
  const { result, pid } = await leavingBehind('detached: true')
  process.kill(pid, 'SIGKILL')
  assert.equal(result.fault, 'exit code 1')
  assert.match(result.output, /died early/)
})

test.run()
