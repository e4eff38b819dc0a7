import { randomBytes } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { securityHeaders } from './headers.ts'
import type { Caller } from './headers.ts'
import { OTHER_PROBLEM, PROBLEMS, problemBody, problemPage } from './problems.ts'

interface Refusal {
  request: IncomingMessage
  response: ServerResponse
  caller: Caller
  requestId: string
  status: number
}

const LINGER_MS = 5000
const WILL_PASS = new Set([502, 503, 504])
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export function answerProblem({ request, response, caller, requestId, status }: Refusal) {
  if (response.headersSent) return
  const problem = PROBLEMS[status] ?? OTHER_PROBLEM
  const isApi = /^\/api(\/|$|\?)/.test(request.url!)
  const body = isApi ? problemBody(status, problem, requestId) : problemPage({ ...problem, requestId })
  const isUnread = !request.complete
  response.writeHead(status, {
    ...securityHeaders(caller),
    'content-type': isApi ? 'application/problem+json' : 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'content-security-policy': PAGE_POLICY,
    'cache-control': 'no-store',
    ...(WILL_PASS.has(status) && { 'retry-after': '2' }),
    ...(isUnread && { connection: 'close' }),
  })
  if (request.method !== 'HEAD') response.write(body)
  if (isUnread) linger(request, response)
  else response.end()
}

const STATUS_OF: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

/** For what never became a request. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex) {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const status = STATUS_OF[error.code ?? ''] ?? 400
  const body = problemBody(status, PROBLEMS[status]!, randomBytes(16).toString('hex'))
  const headers = {
    ...securityHeaders({ address: '', proto: 'http' }),
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'))
}

// Closing on somebody who still sends resets the connection before they read the answer.
function linger(request: IncomingMessage, response: ServerResponse) {
  const end = () => {
    clearTimeout(patience)
    response.end()
  }
  const patience = setTimeout(() => {
    response.end()
    request.destroy()
  }, LINGER_MS)
  request.once('end', end)
  request.once('close', end)
  request.resume()
}
