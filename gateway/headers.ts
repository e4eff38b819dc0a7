import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { BlockList } from 'node:net'
import { isIPv6 } from 'node:net'
import type { Route } from './routes.ts'

export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
}
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
// A script's policy is that of the worker it starts, so what web serves is not closed as far as data is.
const PAGE_POLICY = "base-uri 'self'; object-src 'none'; frame-ancestors 'none'"
export const HSTS = 'max-age=31536000'
export const IMMUTABLE = 'public, max-age=31536000, immutable'

const HOP_BY_HOP =
  'connection keep-alive proxy-connection proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade'
const SAID_BY_PROXIES =
  'forwarded x-original-forwarded-for x-original-url x-rewrite-url x-real-ip x-client-ip true-client-ip ' +
  'cf-connecting-ip x-taskflow-address x-request-id proxy expect'
const NOT_FORWARDED = new Set(`${HOP_BY_HOP} ${SAID_BY_PROXIES}`.split(' '))
const SET_HERE =
  'x-content-type-options permissions-policy cross-origin-opener-policy strict-transport-security server x-powered-by'
const NOT_RETURNED = new Set(`${HOP_BY_HOP} ${SET_HERE}`.split(' '))

export interface Caller {
  address: string
  proto: 'http' | 'https'
}

export function callerOf(request: IncomingMessage, trusted: BlockList): Caller {
  const isTrusted = (address: string) => trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
  const peer = plainAddress(request.socket.remoteAddress ?? '')
  if (!isTrusted(peer)) return { address: peer, proto: 'http' }
  const chain = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((one) => plainAddress(one.trim()))
  const address = chain.findLast((one) => one && !isTrusted(one)) ?? peer
  const proto = String(request.headers['x-forwarded-proto'] ?? '').split(',')[0] === 'https' ? 'https' : 'http'
  return { address, proto }
}

export function forwardedHeaders(headers: IncomingHttpHeaders, caller: Caller, requestId: string): OutgoingHttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => isForwarded(name))
  return {
    ...Object.fromEntries(kept),
    'x-forwarded-for': caller.address,
    'x-forwarded-proto': caller.proto,
    'x-forwarded-host': headers.host ?? '',
    'x-real-ip': caller.address,
    'x-request-id': requestId,
  }
}

export function returnedHeaders(answer: IncomingMessage, caller: Caller, route: Route): OutgoingHttpHeaders {
  const headers = securityHeaders(caller)
  if (route.upstream !== 'api') headers['content-security-policy'] = PAGE_POLICY
  for (const [name, values] of Object.entries(answer.headersDistinct)) {
    if (!NOT_RETURNED.has(name) && values) headers[name] = values.length === 1 ? values[0] : values
  }
  if (route.immutable) headers['cache-control'] = isFound(answer.statusCode!) ? IMMUTABLE : 'no-store'
  return headers
}

export function securityHeaders(caller: Caller): OutgoingHttpHeaders {
  const overTls = caller.proto === 'https' && { 'strict-transport-security': HSTS }
  return { ...SECURITY_HEADERS, 'content-security-policy': DATA_POLICY, ...overTls }
}

function isForwarded(name: string): boolean {
  return !NOT_FORWARDED.has(name) && !name.startsWith('x-forwarded-') && !name.includes('_')
}

function isFound(status: number): boolean {
  return status === 200 || status === 206 || status === 304
}

function plainAddress(address: string): string {
  return address.replace(/^::ffff:/, '')
}
