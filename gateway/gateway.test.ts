import { assert, suite } from '@taskflow/tools/suite.ts'
import { gunzipSync } from 'node:zlib'
import { SECURITY_HEADERS } from './headers.ts'
import {
  call,
  deadNode,
  isNginxHere,
  sayPlainly,
  shakeHands,
  startNginx,
  startProxy,
  startUpstream,
} from './testing.ts'
import type { Gateway, StartGateway, Upstream } from './testing.ts'

contract('node proxy', startProxy)
if (isNginxHere()) contract('nginx', startNginx)
else suite('nginx').skip('nginx is not on the PATH')

function contract(name: string, start: StartGateway) {
  const test = suite(`gateway: ${name}`)
  let api: Upstream, secondApi: Upstream, realtime: Upstream, web: Upstream
  let gateway: Gateway, lame: Gateway
  const stops: (() => unknown)[] = []
  const get = (path: string, headers = {}) => call(gateway, { path, headers })

  test.before(async () => {
    const upstreams = ['api', 'api', 'realtime', 'web'].map((from) => startUpstream(from))
    ;[api, secondApi, realtime, web] = (await Promise.all(upstreams)) as [Upstream, Upstream, Upstream, Upstream]
    const dead = await deadNode()
    const parts = { realtimeNodes: [realtime.node], webNodes: [web.node] }
    gateway = await start({ ...parts, apiNodes: [api.node, secondApi.node] })
    lame = await start({ ...parts, apiNodes: [dead], webNodes: [dead, web.node], trustedProxies: ['127.0.0.1'] })
    stops.push(...[gateway, lame, api, secondApi, realtime, web].map((one) => one.stop))
  })
  test.after(async () => {
    for (const stop of stops) await stop()
  })

  test('/api goes to core-api, /ws to realtime, everything else to web', async () => {
    assert.equal((await get('/api/boards?x=1')).json.from, 'api')
    assert.equal((await get('/api/boards?x=1')).json.url, '/api/boards?x=1')
    assert.equal((await get('/ws/?EIO=4')).json.from, 'realtime')
    assert.equal((await get('/')).json.from, 'web')
    assert.equal((await get('/apish')).json.from, 'web')
    assert.equal((await get('/boards/1')).json.from, 'web')
  })

  test('several nodes share the work', async () => {
    const ports = new Set<number>()
    for (let count = 0; count < 12; count++) ports.add((await get('/api/who')).json.port)
    assert.equal(ports.size, 2)
  })

  test('a node that is down is passed over', async () => {
    for (let count = 0; count < 6; count++) assert.equal((await call(lame, { path: '/page' })).status, 200)
    const post = await call(lame, { path: '/form', method: 'POST', body: 'a=1' })
    assert.equal(post.json.body, 'a=1')
  })

  test('/internal is refused however it is spelled', async () => {
    const spellings = ['/internal', '/internal/access', '/api/../internal/access', '/api/%2e%2e/internal/access']
    for (const path of [...spellings, '//internal/x', '/api/..%2finternal/x', '/api/..\\internal/x']) {
      const answer = await get(path)
      assert.ok(answer.status === 404 || answer.status === 400, `${path}: ${answer.status}`)
      assert.equal(answer.headers['x-from'], undefined, path)
    }
  })

  test('a path that cannot be read is a 400 in our own words, under /api a problem', async () => {
    for (const path of ['/api/boards/%zz', '/api/boards/%', '/%zz', '/a\\b', '/api/a\\b']) {
      const answer = await get(path)
      assert.equal(answer.status, 400, path)
      assert.equal(answer.headers['x-content-type-options'], 'nosniff')
      assert.doesNotMatch(answer.text, /nginx/)
      if (path.startsWith('/api')) assert.equal(answer.json.code, 'gateway.bad_request', path)
      else assert.match(answer.text, /could not be understood/)
    }
  })

  test('what is no request at all is answered with our headers and words too', async () => {
    for (const line of ['GARBAGE', 'GET /api/\0 HTTP/1.1', `GET /${'a'.repeat(70_000)} HTTP/1.1`]) {
      const answer = await sayPlainly(gateway, `${line}\r\nHost: x\r\n\r\n`)
      assert.match(answer, /^HTTP\/1.1 4(00|14|31) /)
      assert.match(answer, /x-content-type-options: nosniff/i)
      assert.doesNotMatch(answer, /<center>/)
    }
  })

  test('the pages for what was refused are nowhere to be asked for', async () => {
    for (const path of ['/gateway/refused', '/gateway/refused.json'])
      assert.doesNotMatch((await get(path)).text, /nginx/)
  })

  test('a WebSocket reaches realtime, and no other upgrade reaches anything', async () => {
    const hands = await shakeHands(gateway, '/ws/?EIO=4&transport=websocket', 'websocket')
    assert.match(hands.answer, /^HTTP\/1.1 101/)
    hands.socket.write('ping')
    assert.equal(await hands.next(), 'echo:ping')
    hands.socket.destroy()
    const tunnel = await shakeHands(gateway, '/api/boards', 'h2c')
    assert.doesNotMatch(tunnel.answer, /^HTTP\/1.1 101/)
    tunnel.socket.destroy()
  })

  test('what a client says about forwarding is replaced', async () => {
    const spoofed = { 'x-forwarded-for': '6.6.6.6', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' }
    const more = {
      'x-real-ip': '6.6.6.6',
      forwarded: 'for=6.6.6.6',
      'cf-connecting-ip': '6.6.6.6',
      'x-request-id': 'a',
    }
    const { headers } = (await get('/api/me', { ...spoofed, ...more, host: 'tasks.example:8080' })).json
    assert.equal(headers['x-forwarded-for'], '127.0.0.1')
    assert.equal(headers['x-real-ip'], '127.0.0.1')
    assert.equal(headers['x-forwarded-proto'], 'http')
    assert.equal(headers['x-forwarded-host'], 'tasks.example:8080')
    assert.equal(headers.host, 'tasks.example:8080')
    assert.match(headers['x-request-id'], /^[0-9a-f]{32}$/)
    assert.equal(headers.forwarded, undefined)
    assert.equal(headers['cf-connecting-ip'], undefined)
  })

  test('nothing else passes by which an upstream could be told who calls, from where or how', async () => {
    const names = 'by client-cert port prefix scheme server ssl user'.split(' ').map((name) => `x-forwarded-${name}`)
    names.push('x-original-forwarded-for', 'x-original-url', 'x-rewrite-url', 'x-client-ip', 'true-client-ip')
    names.push('x-taskflow-address', 'proxy')
    const { headers } = (await get('/api/me', Object.fromEntries(names.map((name) => [name, 'spoofed'])))).json
    const passed = names.filter((name) => name in headers)
    assert.deepEqual(passed, [])
  })

  test('a trusted proxy in front is believed, also that the outside is https', async () => {
    const headers = { 'x-forwarded-for': '6.6.6.6, 203.0.113.9', 'x-forwarded-proto': 'https' }
    const answer = await call(lame, { path: '/page', headers })
    assert.equal(answer.json.headers['x-forwarded-for'], '203.0.113.9')
    assert.equal(answer.json.headers['x-forwarded-proto'], 'https')
    assert.equal(answer.headers['strict-transport-security'], 'max-age=31536000')
    assert.equal((await get('/', headers)).headers['strict-transport-security'], undefined)
  })

  test('security headers stand on every answer, once', async () => {
    const answers = [get('/'), get('/api/x'), get('/api/fails'), get('/internal'), get('/gateway/health')]
    const dead = [call(lame, { path: '/api/x' }), get('/_app/immutable/a.js'), get('/_app/immutable/missing.js')]
    for (const { headers } of await Promise.all([...answers, ...dead])) {
      for (const [header, value] of Object.entries(SECURITY_HEADERS)) assert.equal(headers[header], value)
      assert.match(headers['content-security-policy']!, /frame-ancestors/)
      assert.equal(headers['x-powered-by'], undefined)
      assert.doesNotMatch(headers.server ?? '', /\d/)
    }
  })

  test('data may load nothing, what the web app serves may run as a worker', async () => {
    const policyOf = async (path: string) => (await get(path)).headers['content-security-policy']
    assert.equal(await policyOf('/api/x'), "default-src 'none'; frame-ancestors 'none'")
    assert.equal(await policyOf('/service-worker.js'), "base-uri 'self'; object-src 'none'; frame-ancestors 'none'")
  })

  test("the web app's own content and referrer policies are neither replaced nor doubled", async () => {
    const { headers } = await get('/own-policy')
    assert.equal(headers['content-security-policy'], "script-src 'nonce-abc'")
    assert.equal(headers['referrer-policy'], 'no-referrer')
  })

  test('a body of 2 MB is a 413 problem, an attachment of 2 MB is not', async () => {
    const body = Buffer.alloc(2 * 1024 * 1024, 'x')
    const refused = await call(gateway, { path: '/api/tasks', method: 'POST', body })
    assert.equal(refused.status, 413)
    assert.equal(refused.headers['content-type'], 'application/problem+json')
    assert.deepEqual([refused.json.status, refused.json.code], [413, 'gateway.too_large'])
    assert.match(refused.json.requestId, /^[0-9a-f]{32}$/)
    const chunked = await call(gateway, { path: '/api/tasks', method: 'POST', body, chunked: true })
    assert.equal(chunked.status, 413)
    const upload = await call(gateway, { path: '/api/tasks/1/attachments', method: 'POST', body })
    assert.deepEqual([upload.status, upload.json.bytes], [200, body.length])
  })

  test('a dead upstream is a 502 problem under /api and a page elsewhere', async () => {
    const answer = await call(lame, { path: '/api/x', method: 'POST', body: '{}' })
    assert.deepEqual([answer.status, answer.json.status, answer.json.code], [502, 502, 'gateway.unreachable'])
    assert.equal(answer.headers['retry-after'], '2')
    assert.equal(answer.headers['content-type'], 'application/problem+json')
    assert.equal(answer.headers['cache-control'], 'no-store')
    const page = await get('/internal')
    assert.match(page.headers['content-type']!, /text\/html/)
    assert.match(page.text, /<h1>Not found<\/h1>/)
  })

  test('an error of the upstream keeps its own body', async () => {
    const answer = await get('/api/fails')
    assert.deepEqual([answer.status, answer.json.code], [503, 'api.busy'])
  })

  test('a call that is held for 2 s is not cut, and pieces arrive as they are sent', async () => {
    const begun = performance.now()
    const answer = await get('/api/streams/b:1/events?wait=2')
    assert.ok(performance.now() - begun > 1900)
    assert.deepEqual(answer.json, { events: [] })
    const pieces = await get('/api/pieces', { 'accept-encoding': 'gzip' })
    assert.ok(pieces.firstByteMs < 2_500, `first byte after ${pieces.firstByteMs} ms`)
    assert.equal(pieces.text, 'data: 1\n\ndata: 2\n\n')
  })

  test('text is compressed, what is compressed already passes as it is', async () => {
    const answer = await get('/api/large', { 'accept-encoding': 'gzip' })
    assert.equal(answer.headers['content-encoding'], 'gzip')
    assert.match(answer.headers.vary!, /accept-encoding/i)
    assert.equal(JSON.parse(gunzipSync(answer.raw).toString()).text.length, 50_000)
    assert.equal(answer.headers.etag, 'W/"k.1"')
    const brotli = await get('/compressed', { 'accept-encoding': 'br, gzip' })
    assert.deepEqual([brotli.headers['content-encoding'], brotli.text], ['br', 'brotli bytes'])
  })

  test('core-api gets back the tag that it gave, though compression made it weak', async () => {
    const tags = { 'if-none-match': 'W/"k.1"', 'if-match': '"3"' }
    const api = (await get('/api/boards/1', tags)).json.headers
    assert.deepEqual([api['if-none-match'], api['if-match']], ['"k.1"', '"3"'])
    assert.equal((await get('/style.css', tags)).json.headers['if-none-match'], 'W/"k.1"')
    assert.equal((await get('/api/boards/1')).json.headers['if-none-match'], undefined)
  })

  test('hashed files are cached for good, a missing one is not', async () => {
    assert.equal((await get('/_app/immutable/a.js')).headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.equal((await get('/_app/immutable/missing.js')).headers['cache-control'], 'no-store')
    assert.equal((await get('/page')).headers['cache-control'], undefined)
  })

  test('several cookies of one answer stay several', async () => {
    assert.deepEqual((await get('/cookies')).headers['set-cookie'], ['a=1', 'b=2'])
  })
}
