import { assert, suite } from '@taskflow/tools/suite.ts'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as pause } from 'node:timers/promises'
import { renderNginxConf } from './render.ts'
import { addressesOf } from './resolving.ts'
import { call, deadNode, isNginxHere, shakeHands, startNginx, startUpstream } from './testing.ts'
import type { Answer, Upstream } from './testing.ts'

const test = suite('nginx')
const rule = (name: string, body: () => unknown) => (isNginxHere() ? test(name, body) : test.skip(name))
let api: Upstream

test.before(async () => {
  api = await startUpstream('api')
})
test.after(() => api.stop())

rule('who asks too often gets a 429 problem that says when to come back', async () => {
  const nodes = [api.node]
  const parts = { apiNodes: nodes, realtimeNodes: nodes, webNodes: nodes }
  const tight = await startNginx({ ...parts, rateLimitScale: 0.01 })
  const wide = await startNginx({ ...parts, rateLimitScale: 1000 })
  const ask = (port: number) => Promise.all(Array.from({ length: 60 }, () => call({ port }, { path: '/api/x' })))
  const refused = (await ask(tight.port)).filter(({ status }) => status === 429)
  // How many are let in meanwhile depends on how long the asking takes.
  assert.ok(refused.length > 20)
  assert.equal(refused[0]!.json.code, 'gateway.too_many')
  assert.equal(refused[0]!.headers['retry-after'], '1')
  assert.ok((await ask(wide.port)).every(({ status }) => status === 200))
  await Promise.all([tight.stop(), wide.stop()])
})

rule('after all nodes for sockets were away, everybody comes back at once and not one by one', async () => {
  const nodes = [await deadNode(), await deadNode()]
  const gateway = await startNginx({ apiNodes: [api.node], realtimeNodes: nodes, webNodes: [api.node] })
  const open = () => shakeHands(gateway, '/ws/?EIO=4&transport=websocket', 'websocket')
  for (let tries = 0; tries < 10; tries++) assert.match((await open()).answer, / 502 /)
  const back = await Promise.all(nodes.map((node) => startUpstream('realtime', Number(node.split(':')[1]))))
  const hands = await Promise.all(Array.from({ length: 20 }, open))
  for (const { answer } of hands) assert.match(answer, / 101 /)
  for (const { socket } of hands) socket.destroy()
  await Promise.all([gateway.stop(), ...back.map((node) => node.stop())])
})

rule('headers that are too large are refused with a page, not with words of nginx', async () => {
  const gateway = await startNginx({ apiNodes: [api.node], realtimeNodes: [api.node], webNodes: [api.node] })
  const answer = await call(gateway, { path: '/', headers: { cookie: 'c'.repeat(40_000) } })
  assert.ok(answer.status >= 400 && answer.status < 500)
  assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  assert.doesNotMatch(answer.text, /nginx/)
  await gateway.stop()
})

rule("the container's entry starts before the parts behind it are known, and stops when told", async () => {
  const directory = mkdtempSync(join(tmpdir(), 'taskflow-gateway-'))
  const port = Number((await deadNode()).split(':')[1])
  const entry = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      PORT: String(port),
      GATEWAY_DIR: join(directory, 'new'),
      API_NODES: api.node.replace('127.0.0.1', 'localhost'),
      REALTIME_NODES: 'realtime.invalid:3002',
      WEB_NODES: 'web.invalid:3000',
    },
  })
  const answer = await whenUp(entry, () => call({ port }, { path: '/api/x' }))
  assert.equal(answer.json.from, 'api')
  assert.equal((await call({ port }, { path: '/' })).status, 502)
  entry.kill('SIGTERM')
  const [code] = await once(entry, 'exit')
  assert.equal(code, 0)
  rmSync(directory, { recursive: true, force: true })
})

test('a name stands for all its addresses, an unknown one for none', async () => {
  assert.deepEqual(await addressesOf(['10.0.0.2:80', '10.0.0.1:80', '10.0.0.2:80']), ['10.0.0.1:80', '10.0.0.2:80'])
  assert.ok((await addressesOf(['localhost:80'])).some((one) => one === '127.0.0.1:80' || one === '[::1]:80'))
  assert.deepEqual(await addressesOf(['web.invalid:3000']), ['127.0.0.1:9'])
})

test('a setting cannot smuggle directives into the configuration', () => {
  const settings = { host: '127.0.0.1', port: 80, apiNodes: ['a:1'], realtimeNodes: ['b:1'], webNodes: ['c:1'] }
  const render = (changes: object) => () => renderNginxConf({ ...settings, directory: '/tmp/x', ...changes })
  assert.doesNotThrow(render({}))
  assert.throws(render({ apiNodes: ['a:1; root /'] }), /host:port/)
  assert.throws(render({ webNodes: [] }), /at least one node/)
  assert.throws(render({ trustedProxies: ['10.0.0.1; allow all'] }), /cannot stand/)
  assert.throws(render({ directory: '/tmp/"; root /' }), /folder/)
})

async function whenUp(entry: ChildProcess, ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; tries < 1_000 && entry.exitCode === null; tries++) {
    const answer = await ask().catch(() => undefined)
    if (answer) return answer
    await pause(40)
  }
  throw new Error('the entry did not come up')
}

test.run()
