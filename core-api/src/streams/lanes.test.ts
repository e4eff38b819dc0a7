import { setImmediate as turn } from 'node:timers/promises'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createLanes, type Lanes } from './lanes.ts'

const test = suite('lanes')

async function pass<T>(lanes: Lanes, name: string, run: () => Promise<T>): Promise<T> {
  const leave = await lanes.enter(name)
  return run().finally(leave)
}

test('no more than two are in one lane at a time, in the order in which they came, and other lanes are free', async () => {
  const lanes = createLanes(2)
  let inside = 0
  const most: number[] = []
  const order: number[] = []
  const run = (n: number) => async () => {
    most.push(++inside)
    order.push(n)
    await turn()
    inside--
  }
  await Promise.all(Array.from({ length: 9 }, (_, n) => pass(lanes, 'b:1', run(n))))
  assert.equal(Math.max(...most), 2)
  assert.deepEqual(order, [0, 1, 2, 3, 4, 5, 6, 7, 8])
  const both = Promise.all([pass(lanes, 'b:1', turn), pass(lanes, 'b:1', turn)])
  assert.equal(await pass(lanes, 'b:2', async () => 'free'), 'free')
  await both
})

test('who fails inside makes way for the next', async () => {
  const lanes = createLanes(1)
  const failing = pass(lanes, 'b:1', async () => {
    throw new Error('refused')
  })
  const next = pass(lanes, 'b:1', async () => 'in')
  await assert.rejects(failing, /refused/)
  assert.equal(await next, 'in')
})

test('a lane that stands still lets those who wait in: one of them may hold what those inside wait for', async () => {
  const lanes = createLanes(2)
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const stuck = [pass(lanes, 'b:1', () => held), pass(lanes, 'b:1', () => held)]
  await pass(lanes, 'b:1', async () => release())
  await Promise.all(stuck)
})

test.run()
