const NODE_ADDRESS = /^(\[[0-9a-f:]+\]|[\w.-]+):\d+$/i

/** "http://api:3001/" and "api:3001" both name the node api:3001; anything else is refused. */
export function nodeAddress(node: string): string {
  const address = node.replace(/^http:\/\//, '').replace(/\/$/, '')
  if (!NODE_ADDRESS.test(address)) throw new Error(`a node is written host:port, not "${node}"`)
  return address
}

export function hostAndPort(address: string): { host: string; port: string } {
  const at = address.lastIndexOf(':')
  return { host: address.slice(0, at).replace(/^\[|\]$/g, ''), port: address.slice(at + 1) }
}
