import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assert, suite } from './suite.ts'
import { failuresIn } from './testing/failures.ts'
import { runFile } from './testing/run-file.ts'

const test = suite('suite and runner')
const LIMITS = { timeLimitMs: 30_000, lingerMs: 5_000 }
let folder = ''

test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taskflow-suite-'))
})
test.after(() => rm(folder, { recursive: true }))

const runBody = async (body: string, limits = LIMITS) => {
  const file = join(folder, `${Math.random()}.test.ts`)
  await writeFile(
    file,
    `import { suite, assert } from ${JSON.stringify(join(import.meta.dirname, 'suite.ts'))}\nconst test = suite('inner')\n${body}`,
  )
  return runFile(folder, file, process.env, limits)
}

test('passing tests are counted, skipped ones apart', async () => {
  const result = await runBody(`test('a', () => {}); test('b', async () => {}); test.skip('c'); test.run()`)
  assert.deepEqual([result.passed, result.failed, result.skipped, result.fault], [2, 0, 1, undefined], result.output)
})

test('a suite that lacks something is skipped with all that it would start, and says what', async () => {
  const result = await runBody(
    `const browsers = suite('browsers', 'no Chromium')
    browsers.before(() => { throw new Error('started') }); browsers.after(() => { throw new Error('stopped') })
    browsers('a', () => {}); browsers('b', () => {}); browsers.run()`,
  )
  assert.deepEqual([result.failed, result.skipped, result.fault], [0, 2, undefined], result.output)
  assert.match(result.output, /skipped: browsers: a \(no Chromium\)/)
})

test('what failed is said in few lines, each with its place, however much there was to compare', async () => {
  const { output } = await runBody(
    `test('a', () => assert.deepEqual(Array.from({ length: 300 }, (_, i) => i), ['x'.repeat(9_000)]))
     test('b', () => {}); test('c', () => { throw new Error('no d') })`,
  )
  const words = failuresIn(output)
  assert.match(words, /FAIL {2}inner {2}"a"\n[^]*\.test\.ts:3:\d+[^]*FAIL {2}inner {2}"c"\n +no d\n/)
  assert.ok(words.split('\n').length < 40 && words.length < 4_000, words)
})

test('of a file that came to no test its last words are said', async () => {
  const { output } = await runBody(`console.log('1\\n'.repeat(300)); throw new Error('no store')`)
  assert.match(failuresIn(output), /no store/)
  assert.ok(failuresIn(output).split('\n').length < 40)
})

test('a failed before fails each test', async () => {
  const result = await runBody(
    `test.before(() => { throw new Error('no store') }); test('a', () => {}); test('b', () => {}); test.run()`,
  )
  assert.equal(result.failed, 2)
  assert.match(result.output, /no store/)
})

test('a failed after fails the file', async () => {
  const result = await runBody(`test.after(() => { throw new Error('left over') }); test('a', () => {}); test.run()`)
  assert.equal(result.fault, 'exit code 1')
})

test('a suite that nobody runs is run', async () => {
  const result = await runBody(`test('a', () => assert.equal(1, 2))`)
  assert.equal(result.failed, 1)
})

test('a file without tests fails', async () => {
  assert.equal((await runBody(`test.run()`)).fault, 'ran no test')
})

test('a file that breaks before its tests fails', async () => {
  assert.equal((await runBody(`test('a', () => {}); throw new Error('early')`)).failed, 1)
})

test('a hanging test is named', async () => {
  const body = `test('waits', () => new Promise((r) => setTimeout(r, 60_000))); test.run()`
  const result = await runBody(body, { ...LIMITS, timeLimitMs: 6_000 })
  assert.match(result.fault!, /not done after/)
  assert.match(result.output, /Still running: inner: waits/)
})

test('an open handle after the last test is a fault', async () => {
  const body = `test('a', () => { setInterval(() => {}, 1000) }); test.run()`
  const result = await runBody(body, { ...LIMITS, lingerMs: 300 })
  assert.match(result.fault!, /keeps it open/)
})

test('a test that ends the process early is a fault', async () => {
  const result = await runBody(`test('a', () => process.exit(0)); test('b', () => {}); test.run()`)
  assert.equal(result.failed, 1)
})

test('a path that matches nothing ends with a non-zero code', async () => {
  const { code, stdout } = await new Promise<{ code: unknown; stdout: string }>((resolve) => {
    const args = [join(import.meta.dirname, 'test.ts'), 'no-such-path']
    execFile(process.execPath, args, (error, stdout) => resolve({ code: error?.code ?? 0, stdout }))
  })
  assert.equal(code, 1)
  assert.match(stdout, /0 passed, 0 failed, 0 skipped\n$/)
})

test.run()
