import { assert, suite } from '@taskflow/tools/suite.ts'
import { offsetOf, windowOf } from './windowing.ts'

const test = suite('which cards are drawn')

const tall = () => 92
const view = { scrollTop: 0, height: 800, margin: 0 }

test('of five thousand cards only those in sight are drawn, and the rest keeps its height', () => {
  const window = windowOf(5000, tall, 8, { ...view, scrollTop: 100_000 })
  assert.deepEqual({ from: window.from, to: window.to }, { from: 1000, to: 1008 })
  assert.equal(window.above + (window.to - window.from) * 100 + window.below, 500_000)
})

test('a short list is drawn whole', () => {
  assert.deepEqual(windowOf(3, tall, 8, view), { from: 0, to: 3, above: 0, below: 0 })
})

test('an empty list draws nothing', () => {
  assert.deepEqual(windowOf(0, tall, 8, view), { from: 0, to: 0, above: 0, below: 0 })
})

test('the margin is drawn beyond both edges', () => {
  const window = windowOf(100, tall, 8, { ...view, scrollTop: 1000, margin: 200 })
  assert.deepEqual([window.from, window.to], [8, 20])
})

test('cards may differ in height', () => {
  const heights = [50, 150, 30, 400, 20]
  const window = windowOf(5, (i) => heights[i]!, 0, { scrollTop: 210, height: 100, margin: 0 })
  assert.deepEqual(window, { from: 2, to: 4, above: 200, below: 20 })
  assert.equal(
    offsetOf(3, (i) => heights[i]!, 10),
    260,
  )
})

test.run()
