import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createClient } from 'redis'
import { findOnPath, startRealRedis } from './redis.ts'
import { startRedisStandIn } from './redis-stand-in.ts'
import { assert, suite } from './suite.ts'

const command = findOnPath('redis-server') ?? findOnPath('valkey-server')
contract('stand-in', () => startRedisStandIn())
const lacking = command ? undefined : 'no redis-server on the PATH'
contract('redis-server', () => startRealRedis(command!, {}), lacking)

const alone = suite('redis-server', lacking)
let folder = ''
alone.before(() => void (folder = mkdtempSync(join(tmpdir(), 'taskflow-redis-'))))
alone.after(() => rmSync(folder, { recursive: true }))

alone('what it says is kept, for the day on which it dies or does not start', async () => {
  const logFile = join(folder, 'redis.log')
  const server = await startRealRedis(command!, { logFile })
  await server.stop()
  assert.match(readFileSync(logFile, 'utf8'), /ready to accept/i)
  const refused = startRealRedis(command!, { logFile, folder: join(folder, 'nowhere') })
  await assert.rejects(refused, /redis-server ended with 1 .*: see .*redis\.log/)
  assert.match(readFileSync(logFile, 'utf8'), /No such file/)
})
alone.run()

function contract(name: string, start: () => Promise<{ url: string; stop(): Promise<void> }>, lacking?: string) {
  for (const RESP of [2, 3] as const) {
    const test = suite(`${name}, RESP${RESP}`, lacking)
    let server: Awaited<ReturnType<typeof start>>
    const clients: { destroy(): void }[] = []

    const connect = async () => {
      const client = createClient({ url: server.url, RESP })
      client.on('error', () => {})
      await client.connect()
      clients.push(client)
      return client
    }

    test.before(async () => void (server = await start()))
    test.after(async () => {
      for (const client of clients) client.destroy()
      await server.stop()
    })

    test('answers health questions', async () => {
      const client = await connect()
      assert.equal(await client.ping(), 'PONG')
      assert.equal(await client.ping('here'), 'here')
    })

    test('carries a message to those who subscribed, and to no one else', async () => {
      const [speaker, hearer, other] = await Promise.all([connect(), connect(), connect()])
      const heard: string[] = []
      await hearer.subscribe('stream:a', (message, channel) => heard.push(`${channel} ${message}`))
      await other.subscribe('stream:b', () => heard.push('wrong channel'))
      assert.equal(await speaker.publish('stream:a', 'grüße ☕\r\n'), 1)
      assert.equal(await speaker.publish('stream:c', 'nobody'), 0)
      await until(() => heard.length === 1)
      assert.deepEqual(heard, ['stream:a grüße ☕\r\n'])
    })

    test('matches patterns', async () => {
      const [speaker, hearer] = await Promise.all([connect(), connect()])
      const heard: string[] = []
      await hearer.pSubscribe('probe:?.*', (message, channel) => heard.push(`${channel} ${message}`))
      await speaker.publish('probe:1.x', 'yes')
      await speaker.publish('probe:12.x', 'no')
      await speaker.publish('probe:2.', 'yes')
      await until(() => heard.length === 2)
      assert.deepEqual(heard, ['probe:1.x yes', 'probe:2. yes'])
    })

    test('is silent after unsubscribing, and the connection still answers', async () => {
      const [speaker, hearer] = await Promise.all([connect(), connect()])
      const heard: string[] = []
      await hearer.subscribe(['one', 'two'], (message) => heard.push(message))
      await hearer.unsubscribe('one')
      assert.equal(await speaker.publish('one', 'lost'), 0)
      assert.equal(await speaker.publish('two', 'kept'), 1)
      await hearer.unsubscribe()
      assert.equal(await speaker.publish('two', 'lost'), 0)
      assert.equal(String(await hearer.ping()), 'PONG')
      assert.deepEqual(heard, ['kept'])
    })

    test('keeps the order of a thousand messages and carries a large one whole', async () => {
      const [speaker, hearer] = await Promise.all([connect(), connect()])
      const heard: string[] = []
      await hearer.subscribe('many', (message) => heard.push(message))
      const large = 'x'.repeat(1_000_000)
      await Promise.all(
        [...Array.from({ length: 1000 }, (_, n) => String(n)), large].map((m) => speaker.publish('many', m)),
      )
      await until(() => heard.length === 1001)
      assert.deepEqual(
        heard.slice(0, 1000),
        Array.from({ length: 1000 }, (_, n) => String(n)),
      )
      assert.equal(heard[1000], large)
    })

    test('a subscriber that went away is no longer counted', async () => {
      const [speaker, hearer] = await Promise.all([connect(), connect()])
      await hearer.subscribe('gone', () => {})
      hearer.destroy()
      await until(async () => (await speaker.publish('gone', '')) === 0)
    })

    test('counts, and forgets after the time that was set', async () => {
      const client = await connect()
      const [count, isSet, left] = await client.multi().incr('hits').pExpire('hits', 2_000, 'NX').pTTL('hits').exec()
      assert.deepEqual([count, isSet], [1, 1])
      assert.ok(Number(left) > 0 && Number(left) <= 2_000, `${String(left)} ms left`)
      assert.equal(await client.incr('hits'), 2)
      assert.equal(await client.pExpire('hits', 9_000, 'NX'), 0)
      await until(async () => (await client.get('hits')) === null)
      assert.equal(await client.pTTL('hits'), -2)
    })

    test('takes a lease once', async () => {
      const client = await connect()
      assert.equal(await client.set('lease', 'a', { condition: 'NX', expiration: { type: 'PX', value: 5_000 } }), 'OK')
      assert.equal(await client.set('lease', 'b', { condition: 'NX' }), null)
      assert.equal(await client.get('lease'), 'a')
      assert.equal(await client.del('lease'), 1)
      assert.equal(await client.exists('lease'), 0)
    })

    test('FLUSHALL forgets keys and keeps subscriptions', async () => {
      const [client, hearer] = await Promise.all([connect(), connect()])
      await hearer.subscribe('after', () => {})
      await client.set('kept', '1')
      await client.flushAll()
      assert.equal(await client.get('kept'), null)
      assert.equal(await client.publish('after', ''), 1)
    })

    test('an unknown command is refused, and the connection lives on', async () => {
      const client = await connect()
      await assert.rejects(client.sendCommand(['NOSUCHTHING']), /unknown command/)
      assert.equal(await client.ping(), 'PONG')
    })

    test.run()
  }
}

async function until(condition: () => boolean | Promise<boolean>) {
  const limit = Date.now() + 15_000
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error('did not happen within 15 s')
    await delay(5)
  }
}
