import { request as httpRequest } from 'node:http'
import type { Agent, ClientRequest, IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import { compressionFor, strengthenTags } from './compressing.ts'
import { forwardedHeaders, returnedHeaders } from './headers.ts'
import type { Caller } from './headers.ts'
import { hostAndPort } from './nodes.ts'
import type { Route } from './routes.ts'

export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  route: Route
  caller: Caller
  requestId: string
  nodes: string[]
  agent: Agent
  refuse: (status: number) => void
}

const ANSWER_WITHIN_MS = 60_000

/** Hands a request to the first node that takes it and gives back what that node answers. */
export function pass(exchange: Exchange, turn = 0) {
  const { request, response, nodes, agent, refuse } = exchange
  const { host, port } = hostAndPort(nodes[turn % nodes.length]!)
  const headers = forwardedHeaders(request.headers, exchange.caller, exchange.requestId)
  if (exchange.route.upstream === 'api') strengthenTags(headers)
  const out = httpRequest({ agent, host, port, method: request.method, path: request.url, headers })
  let wasTaken = false

  out.setTimeout(ANSWER_WITHIN_MS, () => out.destroy(new Error('timeout')))
  out.on('response', (answer) => giveBack(exchange, answer))
  response.once('close', () => out.destroy())
  out.on('error', (error) => {
    if (response.destroyed || response.writableEnded) return
    if (response.headersSent) return void response.destroy()
    // Repeated is only what no node can have acted upon, or what changes nothing.
    const isRepeatable = !wasTaken || (out.reusedSocket && isReading(request))
    if (isRepeatable && turn + 1 < Math.max(2, nodes.length)) return pass(exchange, turn + 1)
    refuse(error.message === 'timeout' ? 504 : 502)
  })
  out.on('socket', (socket) => {
    const send = () => {
      wasTaken = true
      sendBody(exchange, out)
    }
    if (socket.connecting) socket.once('connect', send)
    else send()
  })
  if (hasBody(request)) out.flushHeaders()
  else out.end()
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
}

function isReading(request: IncomingMessage): boolean {
  return !hasBody(request) && (request.method === 'GET' || request.method === 'HEAD')
}

function sendBody({ request, route, refuse }: Exchange, out: ClientRequest) {
  if (!hasBody(request)) return
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= route.limit || out.destroyed) return
    request.unpipe(out)
    refuse(413)
    out.destroy()
  })
  request.pipe(out)
}

function giveBack({ request, response, route, caller }: Exchange, answer: IncomingMessage) {
  if (response.headersSent || response.destroyed) return void answer.destroy()
  const headers = returnedHeaders(answer, caller, route)
  const gzip = compressionFor(request, answer.statusCode!, headers)
  response.writeHead(answer.statusCode!, headers)
  response.flushHeaders()
  if (gzip) pipeline(answer, gzip, response, () => {})
  else pipeline(answer, response, () => {})
}
