import { setTimeout as delay } from 'node:timers/promises'
import { redisForTest } from '@taskflow/tools/stores.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { startCableTo } from '@taskflow/tools/testing/cable.ts'
import pino from 'pino'
import { createRedis } from './redis.ts'

const test = suite('the connections to Redis')

test('are made anew when nothing comes back on them any more, although they look alive', async () => {
  const server = await redisForTest()
  const { port, hostname } = new URL(server.url)
  const cable = await startCableTo(Number(port), hostname)
  const redis = createRedis({ redisUrl: `redis://${cable.host}` }, pino({ level: 'silent' }), 100)
  const heard: string[] = []
  const isHeard = async (word: string) => {
    for (const limit = Date.now() + 20_000; !heard.includes(word); await delay(20)) {
      assert.ok(Date.now() < limit, `${word} was not heard`)
      redis.publisher.publish('words', word).catch(() => {})
    }
  }
  try {
    await redis.subscriber.subscribe('words', (word) => heard.push(word))
    await isHeard('before')
    cable.cut()
    await isHeard('after')
  } finally {
    await redis.close()
    cable.close()
    await server.close()
  }
})

test.run()
