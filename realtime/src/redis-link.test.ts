import { setTimeout as delay } from 'node:timers/promises'
import { redisForTest } from '@taskflow/tools/stores.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { startCableTo } from '@taskflow/tools/testing/cable.ts'
import pino from 'pino'
import { TIMING } from './limits.ts'
import { createRedisLink } from './redis-link.ts'

const test = suite('the link to Redis')

test('is made anew when nothing comes back on it any more, although it looks alive', async () => {
  const server = await redisForTest()
  const { port, hostname } = new URL(server.url)
  const cable = await startCableTo(Number(port), hostname)
  const timing = { ...TIMING, probeEveryMs: 100 }
  const log = pino({ level: 'silent' })
  const link = createRedisLink({ url: `redis://${cable.host}`, node: 'n', timing, log, recheck: async () => {} })
  const heard: string[] = []
  const isHeard = async (word: string) => {
    for (const limit = Date.now() + 20_000; !heard.includes(word); await delay(20)) {
      assert.ok(Date.now() < limit, `${word} was not heard`)
      link.publish('words', word)
    }
  }
  try {
    link.start()
    await link.keepHearing('words', (word) => heard.push(word))
    await isHeard('before')
    cable.cut()
    await isHeard('after')
  } finally {
    link.close()
    cable.close()
    await server.close()
  }
})

test.run()
