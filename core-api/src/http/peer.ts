import type { IncomingMessage } from 'node:http'
import { BlockList, isIPv4, isIPv6 } from 'node:net'

const inside = new BlockList()
inside.addSubnet('127.0.0.0', 8, 'ipv4')
inside.addSubnet('10.0.0.0', 8, 'ipv4')
inside.addSubnet('172.16.0.0', 12, 'ipv4')
inside.addSubnet('192.168.0.0', 16, 'ipv4')
inside.addSubnet('169.254.0.0', 16, 'ipv4')
inside.addAddress('::1', 'ipv6')
inside.addSubnet('fc00::', 7, 'ipv6')
inside.addSubnet('fe80::', 10, 'ipv6')

const MAPPED = '::ffff:'
const known = new WeakMap<object, { address: string; inside: boolean }>()

/** The other end of the connection; looked at once per connection. */
export function peerOf(incoming: IncomingMessage): { address: string; inside: boolean } {
  const { socket } = incoming
  const seen = known.get(socket)
  if (seen) return seen
  const remote = socket.remoteAddress ?? ''
  const address = remote.startsWith(MAPPED) ? remote.slice(MAPPED.length) : remote
  const peer = { address, inside: isInside(address) }
  known.set(socket, peer)
  return peer
}

export function isAddress(text: string): boolean {
  return isIPv4(text) || isIPv6(text)
}

function isInside(address: string): boolean {
  if (isIPv4(address)) return inside.check(address, 'ipv4')
  return isIPv6(address) && inside.check(address, 'ipv6')
}
