import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { createTestClock } from '../testing/clock.ts'
import type { Schedule } from './schedules.ts'
import { startTicking } from './ticking.ts'

const HOUR_MS = 3_600_000
const START = Date.parse('2026-11-20T09:00:00.000Z')

const test = suite('schedules')
let app: TestApp

test.before(async () => {
  app = await createTestApp()
})
test.after(() => app?.close())

/** Some workers that share a clock, each with the schedule. */
async function workers(count: number, schedule: Schedule, clock = createTestClock(START)) {
  const deps = { ...app.deps, clock }
  const all = await Promise.all(Array.from({ length: count }, () => startTicking(deps, [schedule])))
  return {
    clock,
    look: () => Promise.all(all.map((ticking) => ticking.settled())),
    stop: () => Promise.all(all.map((ticking) => ticking.stop(10))),
  }
}

const stateOf = async (name: string) =>
  (
    await app.deps.pool.query('select runs::int, last_error, iso(next_at) as next from schedule where name = $1', [
      name,
    ])
  ).rows[0]

test('each tick fires once over all workers', async () => {
  const slots: string[] = []
  const run = async (_: unknown, slot: Date) => void slots.push(slot.toISOString())
  const { clock, look, stop } = await workers(3, { name: 'every hour', everySeconds: 3600, run })
  for (let hour = 0; hour < 4; hour++) {
    for (let times = 0; times < 3; times++) await look()
    clock.advance(HOUR_MS)
  }
  await stop()
  assert.deepEqual(
    slots,
    [9, 10, 11, 12].map((hour) => `2026-11-20T${String(hour).padStart(2, '0')}:00:00.000Z`),
  )
})

test('after hours of downtime it fires once, and then goes on in step', async () => {
  let runs = 0
  const { clock, look, stop } = await workers(2, {
    name: 'after downtime',
    everySeconds: 3600,
    run: async () => void runs++,
  })
  await look()
  clock.advance(7.5 * HOUR_MS)
  for (let times = 0; times < 3; times++) await look()
  await stop()
  assert.equal(runs, 2)
  assert.equal((await stateOf('after downtime')).next, '2026-11-20T17:00:00.000Z')
})

test('a clock that jumped ahead and came back stops nothing, also what was cut off meanwhile', async () => {
  const clock = createTestClock(START)
  const slots: string[] = []
  const run = async (_: unknown, slot: Date) => void slots.push(slot.toISOString())
  const schedule = { name: 'jumps', everySeconds: 3600, run }
  const first = await workers(1, schedule, clock)
  await first.look()
  clock.advance(24 * 365 * HOUR_MS)
  await first.look()
  clock.advance(-24 * 365 * HOUR_MS)
  for (let times = 0; times < 3; times++) await first.look()
  await first.stop()
  assert.deepEqual(slots.slice(2), ['2026-11-20T09:00:00.000Z'])
  assert.equal((await stateOf('jumps')).next, '2026-11-20T10:00:00.000Z')

  clock.advance(24 * 365 * HOUR_MS)
  const dying = await workers(1, { ...schedule, run: () => new Promise(() => {}) }, clock)
  void dying.look()
  while ((await stateOf('jumps')).runs !== 4) await new Promise((done) => setTimeout(done, 20))
  await dying.stop()
  clock.advance(-24 * 365 * HOUR_MS)
  const second = await workers(1, schedule, clock)
  for (let times = 0; times < 3; times++) await second.look()
  await second.stop()
  assert.equal(slots.length, 4)
})

test('clocks of workers that are some seconds apart fire each tick once', async () => {
  const [ahead, behind] = [createTestClock(START + 70_000), createTestClock(START + 50_000)]
  let runs = 0
  const schedule = { name: 'apart', everySeconds: 60, run: async () => void runs++ }
  const [first, second] = [await workers(1, schedule, ahead), await workers(1, schedule, behind)]
  for (let times = 0; times < 3; times++) {
    await first.look()
    await second.look()
  }
  await Promise.all([first.stop(), second.stop()])
  assert.equal(runs, 1)
})

test('a failure is on record, and does not keep the next one from happening', async () => {
  let runs = 0
  const run = async () => {
    if (++runs === 1) throw new Error('the disk is full')
  }
  const { clock, look, stop } = await workers(1, { name: 'fails', everySeconds: 60, run })
  await look()
  assert.equal((await stateOf('fails')).last_error, 'the disk is full')
  clock.advance(60_000)
  await look()
  await stop()
  assert.deepEqual(await stateOf('fails'), { runs: 2, last_error: null, next: '2026-11-20T09:02:00.000Z' })
})

test('what a dead worker was at is run by another as soon as its lease is over, and no earlier', async () => {
  const clock = createTestClock(START)
  let runs = 0
  const schedule = { name: 'dies', everySeconds: 24 * 3600, run: async () => void runs++ }
  const first = await workers(1, { ...schedule, run: () => new Promise(() => {}) }, clock)
  void first.look()
  while ((await stateOf('dies'))?.runs !== 1) await new Promise((done) => setTimeout(done, 20))
  const second = await workers(1, schedule, clock)
  clock.advance(29_000)
  await second.look()
  assert.equal(runs, 0)
  clock.advance(1_000)
  await second.look()
  await Promise.all([first.stop(), second.stop()])
  assert.equal(runs, 1)
})

test.run()
