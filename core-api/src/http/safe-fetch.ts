import { lookup as lookUpName, type LookupAddress } from 'node:dns'
import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import { isIn, isPublicAddress, toList } from './public-address.ts'

export interface SafeRequest {
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
  /** For the whole of it, from the look-up of the name to the last byte. */
  withinMs: number
  /** What is longer is cut off. */
  atMostBytes: number
  signal?: AbortSignal
}

export interface SafeAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** Nothing was asked, for the address is none that may be. */
export class UnsafeAddress extends Error {}

export type SafeFetch = ReturnType<typeof createSafeFetch>

type LookUpAll = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

interface Options {
  /** Private addresses and networks that may be reached all the same, as whoever runs the installation has said. */
  allow?: readonly string[]
  lookUp?: LookUpAll
}

const lookUpAll: LookUpAll = (hostname, done) => lookUpName(hostname, { all: true, verbatim: true }, done)

/**
 * Asks addresses that users have given. A name is looked up once, and the connection goes to what was looked up and
 * checked; redirects are answers like any other, and each connection is made anew.
 */
export function createSafeFetch({ allow = [], lookUp = lookUpAll }: Options = {}) {
  const allowed = toList(allow)
  const mayReach = (address: string) => isPublicAddress(address) || isIn(allowed, address)

  const lookup: LookupFunction = (hostname, options, done) =>
    lookUp(hostname, (error, addresses) => {
      if (error) return done(error, '')
      const unsafe = addresses.find(({ address }) => !mayReach(address))
      if (unsafe || addresses.length === 0) return done(refusal(hostname), '')
      if (options.all) return done(null, addresses)
      done(null, addresses[0]!.address, addresses[0]!.family)
    })

  /** The address as it will be asked; throws UnsafeAddress where that can be told from it alone. */
  function check(address: string): URL {
    const url = URL.parse(address)
    if (!url || !/^https?:$/.test(url.protocol)) throw new UnsafeAddress('is not an address that begins with https://')
    if (url.username || url.password) throw new UnsafeAddress('must not hold a name or a password')
    const host = hostOf(url)
    if (isIP(host) ? !mayReach(host) : /(^|\.)localhost\.?$/.test(host) && !mayReach('127.0.0.1')) throw refusal(host)
    return url
  }

  async function fetch(address: string, request: SafeRequest): Promise<SafeAnswer> {
    const url = check(address)
    const { method = 'GET', headers, body, withinMs, atMostBytes, signal } = request
    const late = AbortSignal.timeout(withinMs)
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(late.aborted ? new Error(`no answer within ${withinMs / 1000} s`) : error)
      const asked = send(url, {
        method,
        headers: {
          'Accept-Encoding': 'identity',
          ...headers,
          ...(body && { 'Content-Length': Buffer.byteLength(body) }),
        },
        lookup,
        agent: false,
        signal: signal ? AbortSignal.any([late, signal]) : late,
      })
      asked.on('socket', (socket) => refuseUnsafe(socket, mayReach))
      asked.on('response', (answer) => readSome(answer, atMostBytes).then(resolve, fail))
      asked.on('error', fail)
      asked.end(body)
    })
  }

  return { check, fetch }
}

const refusal = (host: string) => new UnsafeAddress(`leads to an address that is not public (${host.slice(0, 100)})`)

const hostOf = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '')

/** The last word before anything is sent: where the connection has really gone. */
function refuseUnsafe(socket: Socket, mayReach: (address: string) => boolean): void {
  socket.once('connect', () => {
    const { remoteAddress = '' } = socket
    if (!mayReach(remoteAddress)) socket.destroy(refusal(remoteAddress))
  })
}

async function readSome(answer: IncomingMessage, atMostBytes: number): Promise<SafeAnswer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= atMostBytes) break
  }
  answer.destroy()
  const body = Buffer.concat(chunks).subarray(0, atMostBytes)
  return { status: answer.statusCode!, headers: answer.headers, body }
}
