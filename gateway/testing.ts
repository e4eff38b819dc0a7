import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request as httpRequest } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createProxy } from './proxy.ts'
import type { ProxySettings } from './proxy.ts'
import { nginxArguments, renderNginxConf } from './render.ts'

export interface Gateway {
  port: number
  stop: () => Promise<unknown>
}
export type StartGateway = (settings: ProxySettings & { rateLimitScale?: number }) => Promise<Gateway>
export interface Upstream {
  node: string
  stop: () => Promise<unknown>
}

export function isNginxHere(): boolean {
  return spawnSync('nginx', ['-v']).status === 0
}

export async function startProxy(settings: ProxySettings): Promise<Gateway> {
  const server = createProxy(settings).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  return { port: (server.address() as AddressInfo).port, stop }
}

export async function startNginx(settings: ProxySettings & { rateLimitScale?: number }): Promise<Gateway> {
  const directory = mkdtempSync(join(tmpdir(), 'taskflow gateway '))
  const port = Number((await deadNode()).split(':')[1])
  const file = join(directory, 'nginx.conf')
  writeFileSync(file, renderNginxConf({ ...settings, host: '127.0.0.1', port, directory, workers: 1 }))
  chmodSync(directory, 0o700)
  const nginx = spawn('nginx', nginxArguments(directory, file), { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  nginx.stderr.on('data', (chunk) => (said += chunk))
  const gateway = {
    port,
    stop: async () => {
      nginx.kill('SIGTERM')
      if (nginx.exitCode === null) await once(nginx, 'exit')
      rmSync(directory, { recursive: true, force: true })
    },
  }
  for (let tries = 0; tries < 1_000; tries++) {
    if (nginx.exitCode !== null) throw new Error(`nginx did not start: ${said}`)
    const answer = await call(gateway, { path: '/gateway/health' }).catch(() => undefined)
    if (answer?.status === 200) return gateway
    await pause(30)
  }
  await gateway.stop()
  throw new Error(`nginx did not answer: ${said}`)
}

export async function deadNode(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return `127.0.0.1:${port}`
}

/** A server that tells what reached it, and plays the answers that a gateway can spoil. */
export async function startUpstream(from: string, port = 0): Promise<Upstream> {
  const server = createServer((request, response) => void play(from, request, response).catch(() => response.destroy()))
  server.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
    socket.on('data', (chunk) => socket.write(`echo:${chunk}`))
    socket.on('end', () => socket.end()).on('error', () => socket.destroy())
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  return { node: `127.0.0.1:${(server.address() as AddressInfo).port}`, stop }
}

const SCENES: Record<string, (response: ServerResponse) => unknown> = {
  '/api/fails': (response) => json(response.writeHead(503, typed('application/problem+json')), { code: 'api.busy' }),
  '/api/large': (response) =>
    json(response.writeHead(200, { ...typed(), etag: '"k.1"' }), { text: 'y'.repeat(50_000) }),
  '/api/streams/b:1/events?wait=2': (response) => pause(2000).then(() => json(response, { events: [] })),
  '/api/pieces': async (response) => {
    response.writeHead(200, typed('text/event-stream')).write('data: 1\n\n')
    await pause(3_000)
    response.end('data: 2\n\n')
  },
  '/own-policy': (response) =>
    response
      .writeHead(200, {
        ...typed('text/html'),
        'content-security-policy': "script-src 'nonce-abc'",
        'referrer-policy': 'no-referrer',
      })
      .end('<p>'),
  '/compressed': (response) =>
    response.writeHead(200, { ...typed('text/css'), 'content-encoding': 'br' }).end('brotli bytes'),
  '/_app/immutable/missing.js': (response) => response.writeHead(404, { 'cache-control': 'public' }).end(),
  '/cookies': (response) => response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).end(),
}

async function play(from: string, request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const scene = SCENES[request.url!]
  if (scene) return void (await scene(response))
  const { url, method, headers } = request
  const port = request.socket.localPort
  response.writeHead(200, { ...typed(), 'x-from': from, 'x-powered-by': 'test', 'x-content-type-options': 'sniff' })
  json(response, { from, port, url, method, headers, bytes: body.length, body: body.toString().slice(0, 100) })
}

function typed(type = 'application/json') {
  return { 'content-type': type }
}

function json(response: ServerResponse, body: unknown) {
  if (!response.headersSent) response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(body))
}

interface Call {
  path: string
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
  chunked?: boolean
}

export interface Answer {
  status: number
  headers: Record<string, any> & IncomingHttpHeaders
  raw: Buffer
  text: string
  json: any
  firstByteMs: number
}

export async function call(gateway: { port: number }, { path, method, headers, body, chunked }: Call): Promise<Answer> {
  const begun = performance.now()
  const length: Record<string, number> = body && !chunked ? { 'content-length': Buffer.byteLength(body) } : {}
  const request = httpRequest({
    host: '127.0.0.1',
    port: gateway.port,
    path,
    method,
    agent: false,
    headers: { ...length, ...headers },
  })
  const answered = once(request, 'response') as Promise<[IncomingMessage]>
  request.on('error', () => {})
  if (body) request.write(body)
  request.end()
  const [response] = await answered
  const chunks: Buffer[] = []
  let firstByteMs = Infinity
  for await (const chunk of response) {
    firstByteMs = Math.min(firstByteMs, performance.now() - begun)
    chunks.push(chunk as Buffer)
  }
  const raw = Buffer.concat(chunks)
  const text = raw.toString()
  const json = /^\s*\{/.test(text) ? JSON.parse(text) : undefined
  return { status: response.statusCode!, headers: response.headers, raw, text, json, firstByteMs }
}

export async function shakeHands(gateway: { port: number }, path: string, protocol: string) {
  const socket = connect(gateway.port, '127.0.0.1')
  socket.on('error', () => {})
  const next = async () => String((await once(socket, 'data'))[0])
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`)
  return { socket, next, answer: await next() }
}

/** Bytes as they are, and whatever comes back until the connection ends. */
export async function sayPlainly(gateway: { port: number }, bytes: string): Promise<string> {
  const socket = connect(gateway.port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => (answer += chunk))
  socket.on('error', () => {})
  socket.write(bytes)
  await Promise.race([once(socket, 'close'), pause(3_000)])
  socket.destroy()
  return answer
}
