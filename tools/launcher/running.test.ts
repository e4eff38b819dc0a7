import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isAlive, startTimeOf } from '../processes.ts'
import { assert, suite } from '../suite.ts'
import { claimDataDir, redisOfRunning } from './running.ts'

const test = suite('claiming the data folder')
const folder = mkdtempSync(join(tmpdir(), 'taskflow-claim-'))
const file = join(folder, 'running.json')
test.after(() => rmSync(folder, { recursive: true }))

/** What a killed launcher leaves: a file in its name, and a child that goes on. */
function leaveOrphan() {
  const { pid } = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
  const gone = { name: 'launcher', pid: 4_194_305, startedAt: 'long ago' }
  const orphan = { name: 'redis', pid: pid!, startedAt: startTimeOf(pid!) }
  writeFileSync(file, JSON.stringify({ launcher: gone, children: [orphan] }))
  return pid!
}

test('ends what a killed launcher left behind, and nobody who only has its pid now', async () => {
  const orphan = leaveOrphan()
  const record = JSON.parse(readFileSync(file, 'utf8'))
  record.children.push({ name: 'worker', pid: process.pid, startedAt: 'another time' })
  writeFileSync(file, JSON.stringify(record))
  const claim = await claimDataDir(folder)
  assert.equal(isAlive(orphan), false)
  claim.release()
})

test('of two that clear up after a killed one at the same time, the second waits for the first', async () => {
  leaveOrphan()
  let holders = 0
  const hold = async () => {
    const claim = await claimDataDir(folder)
    assert.equal(++holders, 1)
    await delay(20)
    holders--
    claim.release()
  }
  await Promise.all([hold(), hold()])
})

test('a file that a crash left empty is no claim', async () => {
  writeFileSync(file, '')
  const claim = await claimDataDir(folder)
  claim.add('web', process.pid)
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).children[0].name, 'web')
  claim.release()
})

test('says where the Redis of a running one is, and nothing of one that is gone', async () => {
  const claim = await claimDataDir(folder)
  assert.equal(redisOfRunning(folder), undefined)
  claim.addRedis('redis://127.0.0.1:1')
  assert.equal(redisOfRunning(folder), 'redis://127.0.0.1:1')
  claim.release()
  const gone = { name: 'launcher', pid: 4_194_305, startedAt: 'long ago' }
  writeFileSync(file, JSON.stringify({ launcher: gone, redisUrl: 'redis://127.0.0.1:1', children: [] }))
  assert.equal(redisOfRunning(folder), undefined)
})

test.run()
