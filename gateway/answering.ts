import type { IncomingMessage, ServerResponse } from 'node:http'
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
    ...(status === 503 && { 'retry-after': '2' }),
    ...(isUnread && { connection: 'close' }),
  })
  if (request.method !== 'HEAD') response.write(body)
  if (isUnread) linger(request, response)
  else response.end()
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
