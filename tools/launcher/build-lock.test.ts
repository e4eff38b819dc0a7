import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive, startTimeOf } from '../processes.ts'
import { assert, suite } from '../suite.ts'
import { takeBuildLock } from './build-lock.ts'

const test = suite('one build at a time')
const folder = mkdtempSync(join(tmpdir(), 'taskflow-building-'))
const file = join(folder, 'lock')
const { signal } = new AbortController()
test.after(() => rmSync(folder, { recursive: true }))

test('what a killed one left building ends before the next begins', async () => {
  const { pid } = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
  const gone = { name: 'launcher', pid: 4_194_305, startedAt: 'long ago' }
  const stranger = { name: 'vite', pid: process.pid, startedAt: 'another time' }
  writeFileSync(file, JSON.stringify([gone, { name: 'vite', pid, startedAt: startTimeOf(pid!) }, stranger]))
  const lock = await takeBuildLock(file, signal)
  assert.equal(isAlive(pid!), false)
  lock.release()
})

test('who comes second waits for the first, and a file that says nothing is nobody', async () => {
  writeFileSync(file, '')
  let holders = 0
  const build = async () => {
    const lock = await takeBuildLock(file, signal)
    assert.equal(++holders, 1)
    lock.add('vite', process.pid)
    assert.equal(JSON.parse(readFileSync(file, 'utf8'))[1].pid, process.pid)
    holders--
    lock.release()
  }
  await Promise.all([build(), build(), build()])
})

test('who waits can be told to stop', async () => {
  const lock = await takeBuildLock(file, signal)
  await assert.rejects(takeBuildLock(file, AbortSignal.abort()), { name: 'AbortError' })
  lock.release()
})

test.run()
