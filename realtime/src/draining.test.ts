import { assert, suite } from '@taskflow/tools/suite.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { INTERNAL_SECRET, PUBLIC_URL } from './testing/api.ts'
import { createWorld, type World } from './testing/world.ts'

const test = suite('draining')
let world: World

test.before(async () => {
  world = await createWorld()
})
test.after(() => world.close())

test('a node that stops asks its sockets to go, takes no new ones, and closes who stays', async () => {
  const node = await world.startNode({ drainMs: 600 })
  const [goes, stays] = [await world.connect('ada', node), await world.connect('ben', node)]
  const drained = node.drain()
  await Promise.all([goes, stays].map((client) => client.until(() => client.heard.moving.length > 0)))
  assert.ok(goes.heard.moving[0]! > 0 && goes.heard.moving[0]! <= 600)
  goes.socket.disconnect()
  assert.equal((await fetch(`${node.url}/ready`)).status, 503)
  const late = world.open('cleo', { auth: { token: await world.api.token('cleo') } }, node)
  assert.equal(await late.refused(), 'node.moving')
  await stays.until(() => stays.heard.closed !== undefined)
  assert.deepEqual(stays.heard.closed, { code: 4012, reason: 'moving' })
  await drained
})

test('the process ends by itself when it is told to', async () => {
  const env = { ...process.env, PORT: '0', LOG_LEVEL: 'info', PUBLIC_URL, INTERNAL_SECRET }
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, [main], {
    env: { ...env, API_URL: world.api.url, REDIS_URL: world.redisUrl() },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  const { port } = JSON.parse(String(line).split('\n')[0]!) as { port: number }
  const ada = await world.connect('ada', { url: `http://127.0.0.1:${port}` })
  child.kill('SIGTERM')
  await ada.until(() => ada.heard.moving.length > 0)
  ada.socket.disconnect()
  assert.deepEqual(await once(child, 'exit'), [0, null])
})

test('what is missing or wrong in the environment is named all at once', async () => {
  const said = await refusalOf({ PORT: 'x', API_URL: 'ftp://a', REDIS_URL: 'redis://r' })
  assert.match(said, /PORT must be a number\./)
  assert.match(said, /API_URL must be an address/)
  assert.match(said, /INTERNAL_SECRET is missing\./)
  assert.doesNotMatch(said, /at .*\.ts/)
})

test('a port that somebody else holds is one sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const said = await refusalOf({ PORT: String(port), INTERNAL_SECRET, API_URL: world.api.url, REDIS_URL: 'redis://r' })
  other.close()
  assert.match(said, new RegExp(`^Taskflow's realtime service cannot start:\n  .*in use.*:${port}\n$`))
})

test.run()

/** What it says before it ends without having started. */
async function refusalOf(env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  assert.deepEqual(await once(child, 'close'), [1, null])
  return said
}
