import { lookup } from 'node:dns/promises'
import { isIP, isIPv6 } from 'node:net'
import { hostAndPort } from './nodes.ts'

// A name that is not known yet must not keep the gateway from starting; nothing listens on this port, so it is a 502.
const NOWHERE = '127.0.0.1:9'

const known = new Map<string, string[]>()

/** The addresses behind each name, in a stable order; a name that cannot be looked up just now keeps its last ones. */
export async function addressesOf(nodes: string[]): Promise<string[]> {
  const found = await Promise.all(nodes.map(addressesOfOne))
  const all = [...new Set(found.flat())].sort()
  return all.length > 0 ? all : [NOWHERE]
}

async function addressesOfOne(node: string): Promise<string[]> {
  const { host, port } = hostAndPort(node)
  if (isIP(host)) return [node]
  try {
    const addresses = await lookup(host, { all: true })
    known.set(
      node,
      addresses.map(({ address }) => (isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`)),
    )
  } catch {
    // A name server that is away for a moment must not empty the list.
  }
  return known.get(node) ?? []
}
