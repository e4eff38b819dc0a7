import type { Status } from '@taskflow/shared/sync/liveness.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { lasting } from './lasting.ts'

const test = suite('the fault that is shown')

const fault = (reason: 'connecting' | 'no socket' | 'no server', since: number): Status => ({
  is: 'not live',
  reason,
  since,
})

test('another attempt to connect does not hide why it is needed', () => {
  assert.deepEqual(lasting(fault('no socket', 5), fault('connecting', 9)), fault('no socket', 5))
})

test('a fault that takes the place of another began with the first', () => {
  assert.deepEqual(lasting(fault('no socket', 5), fault('no server', 9)), fault('no server', 5))
})

test('the first attempt is just that', () => {
  assert.deepEqual(lasting(fault('connecting', 0), fault('connecting', 3)), fault('connecting', 3))
  assert.deepEqual(lasting(fault('connecting', 0), fault('no socket', 4)), fault('no socket', 4))
})

test('live is live', () => {
  assert.deepEqual(lasting(fault('no socket', 5), { is: 'live', since: 9 }), { is: 'live', since: 9 })
})

test.run()
