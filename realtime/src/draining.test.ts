import { assert, suite } from '@taskflow/tools/suite.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
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
  const env = { PATH: process.env.PATH, PORT: 'x', API_URL: 'ftp://a', REDIS_URL: 'redis://r' }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  const [code] = await once(child, 'close')
  assert.equal(code, 1)
  assert.match(said, /PORT must be a number\./)
  assert.match(said, /API_URL must be an address/)
  assert.match(said, /INTERNAL_SECRET is missing\./)
  assert.doesNotMatch(said, /at .*\.ts/)
})

test.run()
