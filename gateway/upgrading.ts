import { request as httpRequest } from 'node:http'
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { Duplex } from 'node:stream'
import { Socket } from 'node:net'
import { hostAndPort } from './nodes.ts'

interface Upgrade {
  request: IncomingMessage
  socket: Duplex
  head: Buffer
  headers: OutgoingHttpHeaders
  nodes: string[]
  /** 0 = as long as it likes. */
  idleMs: number
}

const ANSWER_WITHIN_MS = 10_000

export function passUpgrade(upgrade: Upgrade) {
  const { request, socket, head, nodes, idleMs } = upgrade
  const [node, ...others] = nodes
  const { host, port } = hostAndPort(node!)
  const headers = { ...upgrade.headers, connection: 'upgrade', upgrade: 'websocket' }
  const out = httpRequest({ agent: false, host, port, path: request.url, headers })
  const giveUp = () => out.destroy()
  socket.on('error', giveUp)
  socket.on('close', giveUp)
  out.setTimeout(ANSWER_WITHIN_MS, () => out.destroy(new Error('timeout')))
  out.on('upgrade', (answer, upstream, upstreamHead) => {
    out.setTimeout(0)
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${rawHeaders(answer)}\r\n`)
    if (upstreamHead.length > 0) socket.write(upstreamHead)
    if (head.length > 0) upstream.write(head)
    join(socket, upstream, idleMs)
  })
  out.on('response', (answer) => {
    socket.write(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${rawHeaders(answer, true)}\r\n`)
    answer.pipe(socket)
  })
  out.on('error', () => {
    socket.off('error', giveUp).off('close', giveUp)
    if (others.length > 0 && !socket.destroyed) return passUpgrade({ ...upgrade, nodes: others })
    socket.on('error', () => {})
    socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
  out.end()
}

function join(socket: Duplex, upstream: Duplex, idleMs: number) {
  for (const [from, to] of [
    [socket, upstream],
    [upstream, socket],
  ] as const) {
    if (from instanceof Socket) from.setNoDelay(true).setTimeout(idleMs, () => from.destroy())
    from.on('error', () => to.destroy())
    from.on('close', () => to.destroy())
    from.pipe(to, { end: false })
    from.on('end', () => to.end(() => to.destroy()))
  }
}

function rawHeaders(answer: IncomingMessage, closes = false): string {
  const lines = closes ? ['Connection: close'] : []
  for (let at = 0; at < answer.rawHeaders.length; at += 2) {
    const [name, value] = [answer.rawHeaders[at]!, answer.rawHeaders[at + 1]!]
    if (closes && /^(connection|keep-alive|transfer-encoding)$/i.test(name)) continue
    lines.push(`${name}: ${value}`)
  }
  return lines.map((line) => line + '\r\n').join('')
}
