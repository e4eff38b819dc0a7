import { createServer } from 'node:http'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { isPublicAddress } from './public-address.ts'
import { createSafeFetch, type SafeRequest, UnsafeAddress } from './safe-fetch.ts'

const test = suite('addresses that users give')
const LIMITS: SafeRequest = { withinMs: 2_000, atMostBytes: 1_000 }
const reached: string[] = []
const server = createServer((request, response) => {
  reached.push(request.url!)
  if (request.url === '/redirect') return void response.writeHead(302, { Location: 'http://127.0.0.1/' }).end()
  if (request.url === '/long') return void response.end('x'.repeat(100_000))
  if (request.url === '/endless') return void setInterval(() => response.write('x'), 20).unref()
  if (request.url === '/silent') return
  response.end('hello')
})
let port: number

test.before(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
test.after(() => {
  server.closeAllConnections()
  server.close()
})

const PRIVATE = [
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  'fc00::1',
  'fd12::1',
  'fe80::1',
  'ff02::1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:db8::1',
  'not an address',
]

test('only those of the open internet are public', () => {
  for (const address of PRIVATE) assert.equal(isPublicAddress(address), false, address)
  for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])
    assert.equal(isPublicAddress(address), true, address)
})

test('are refused before anything is asked, in whatever form they are written', async () => {
  const { check } = createSafeFetch()
  const forms = [
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://[::ffff:a00:1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://localhost:8080/',
    'http://api.localhost/',
    'http://１２７.０.０.１/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'https://user:password@example.org/',
    'nonsense',
  ]
  for (const form of forms) assert.throws(() => check(form), UnsafeAddress, form)
  assert.equal(check('https://example.org/hook').href, 'https://example.org/hook')
})

test('are looked up once, and a name that leads inside is refused when the connection is made', async () => {
  const answers = ['127.0.0.1', '10.0.0.1']
  const lookUp = (_: string, done: (error: null, addresses: { address: string; family: number }[]) => void) =>
    done(null, [{ address: answers.shift()!, family: 4 }])
  const rebinding = createSafeFetch({ allow: ['127.0.0.1'], lookUp })
  assert.equal((await rebinding.fetch(`http://rebinding.example:${port}/once`, LIMITS)).status, 200)
  await assert.rejects(rebinding.fetch(`http://rebinding.example:${port}/`, LIMITS), UnsafeAddress)
  const mixed = createSafeFetch({
    lookUp: (_, done) =>
      done(null, [
        { address: '8.8.8.8', family: 4 },
        { address: '::ffff:127.0.0.1', family: 6 },
      ]),
  })
  await assert.rejects(mixed.fetch(`http://mixed.example:${port}/`, LIMITS), UnsafeAddress)
  assert.deepEqual(reached, ['/once'])
})

test('are reached inside where whoever runs the installation allows it', async () => {
  const { fetch } = createSafeFetch({ allow: ['127.0.0.0/8'] })
  const { status, body } = await fetch(`http://127.0.0.1:${port}/fine`, LIMITS)
  assert.deepEqual([status, body.toString()], [200, 'hello'])
})

test('do not lead on: a redirect is an answer', async () => {
  const { fetch } = createSafeFetch({ allow: ['127.0.0.1'] })
  assert.equal((await fetch(`http://127.0.0.1:${port}/redirect`, LIMITS)).status, 302)
})

test('get only so much time, and say only so much', async () => {
  const { fetch } = createSafeFetch({ allow: ['127.0.0.1'] })
  assert.equal((await fetch(`http://127.0.0.1:${port}/long`, LIMITS)).body.length, 1_000)
  for (const path of ['/silent', '/endless'])
    await assert.rejects(fetch(`http://127.0.0.1:${port}${path}`, { ...LIMITS, withinMs: 200 }), /within 0.2 s/)
})

test('fail in plain words', async () => {
  const { fetch } = createSafeFetch({ allow: ['127.0.0.1'] })
  const rude = createTcpServer((socket) => socket.destroy())
  rude.listen(0, '127.0.0.1')
  await once(rude, 'listening')
  await assert.rejects(fetch(`http://127.0.0.1:${(rude.address() as AddressInfo).port}/`, LIMITS), /hang up|ECONNRESET/)
  rude.close()
})

test.run()
