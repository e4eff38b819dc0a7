import { connect, type Socket } from 'node:net'

export interface Call {
  method: string
  path: string
  body?: unknown
}

export interface Figures {
  perSecond: number
  p50: number
  p95: number
  p99: number
  count: number
  failed: number
}

/**
 * Keeps `inFlight` requests under way for some seconds. A bare HTTP/1.1 client on kept connections: the generator
 * shares two cores with what it measures, so it must cost as little as it can.
 */
export async function load(
  url: string,
  { token, inFlight, seconds, next }: { token: string; inFlight: number; seconds: number; next: () => Call },
): Promise<Figures> {
  const times: number[] = []
  let failed = 0
  const started = performance.now()
  const until = started + seconds * 1000
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      const client = await openClient(url, token)
      while (performance.now() < until) {
        const at = performance.now()
        const status = await client.send(next())
        times.push(performance.now() - at)
        if (status >= 300) failed++
      }
      client.close()
    }),
  )
  return {
    ...percentiles(times),
    perSecond: round((times.length / (performance.now() - started)) * 1000),
    count: times.length,
    failed,
  }
}

export function percentiles(times: number[]) {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

const round = (value: number) => Math.round(value * 100) / 100

async function openClient(url: string, token: string) {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  return {
    send: (call: Call) => send(socket, `Host: ${hostname}:${port}\r\nAuthorization: Bearer ${token}\r\n`, call),
    close: () => socket.destroy(),
  }
}

function send(socket: Socket, headers: string, { method, path, body }: Call): Promise<number> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const entity = text === '' ? '' : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n`
  socket.write(`${method} ${path} HTTP/1.1\r\n${headers}${entity}\r\n${text}`)
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0)
    const onData = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const head = received.indexOf('\r\n\r\n')
      if (head < 0) return
      const text = received.toString('latin1', 0, head)
      const status = Number(text.slice(9, 12))
      const length = status === 204 || status === 304 ? 0 : Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? -1)
      if (length < 0) return done(new Error(`An answer without a length: ${text.slice(0, 200)}`))
      if (received.length >= head + 4 + length) done(undefined, status)
    }
    const onClose = () => done(new Error('The connection was closed'))
    const done = (error?: Error, status = 0) => {
      socket.off('data', onData)
      socket.off('close', onClose)
      if (error) reject(error)
      else resolve(status)
    }
    socket.on('data', onData)
    socket.on('close', onClose)
  })
}
