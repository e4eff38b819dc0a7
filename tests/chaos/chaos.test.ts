import { assert, suite } from '@taskflow/tools/suite.ts'
import type { FaultName } from './faults.ts'
import { runChaos } from './run.ts'

const test = suite('chaos, the short version')

/** Of everything that `npm run chaos` does, what is over in half a minute. */
const SHORT: FaultName[] = [
  'core-api killed between commit and publish',
  'realtime killed',
  'worker killed',
  'Redis killed and started',
  'Redis flushed',
  'Postgres crashed',
  'gateway reloaded',
]

test('people at work lose nothing, and are soon live again, whatever dies', async () => {
  const lines: string[] = []
  const found = await runChaos({ names: SHORT, everyMs: 100, slack: 4, tell: (line) => lines.push(line) })
  assert.deepEqual(found, [], [...found, ...lines].join('\n'))
})

test.run()
