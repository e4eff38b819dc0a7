import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from '../processes.ts'
import { assert, suite } from '../suite.ts'
import { runFile } from './run-file.ts'

const LIMITS = { timeLimitMs: 30_000, lingerMs: 5_000 }

const test = suite('running a test file')
let folder: string

test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-file-'))
})
test.after(() => rm(folder, { recursive: true }))

/** A file that starts a process which holds the output for ten minutes, says its pid, and then dies. */
async function leavingBehind(options: string) {
  const file = join(folder, 'leaving.test.ts')
  await writeFile(
    file,
    `import { spawn } from 'node:child_process'
     const left = spawn('sleep', ['600'], { stdio: ['ignore', 'inherit', 'inherit'], ${options} })
     console.log('left:', left.pid)
     throw new Error('died early')`,
  )
  const result = await runFile(folder, file, process.env, LIMITS)
  return { result, pid: Number(/left: (\d+)/.exec(result.output)![1]) }
}

test('a file that dies fails with its words, and what it started dies with it', async () => {
  const { result, pid } = await leavingBehind('')
  assert.equal(result.fault, 'exit code 1')
  assert.equal(result.failed, 1)
  assert.match(result.output, /died early/)
  assert.ok(!isAlive(pid))
})

test('a process that left the group does not hold up the run', async () => {
  const { result, pid } = await leavingBehind('detached: true')
  process.kill(pid, 'SIGKILL')
  assert.equal(result.fault, 'exit code 1')
  assert.match(result.output, /died early/)
})

test.run()
