import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net'

/** One inner address for several nodes, as a service name is in a cluster: whoever is there takes the connection. */
export async function openBalancer(ports: number[]) {
  const open = new Set<Socket>()
  let turn = 0

  function connect(near: Socket, tries: number) {
    const far = createConnection(ports[turn++ % ports.length]!, '127.0.0.1')
    far.once('connect', () => {
      for (const side of [near, far]) open.add(side.once('close', () => open.delete(side)))
      near.on('error', () => far.destroy()).on('close', () => far.destroy())
      far.on('error', () => near.destroy()).on('close', () => near.destroy())
      near.pipe(far)
      far.pipe(near)
    })
    far.once('error', () => {
      if (far.bytesRead > 0 || open.has(far)) return
      if (tries > 1) connect(near, tries - 1)
      else near.destroy()
    })
  }

  const server = createServer({ pauseOnConnect: true }, (near) => {
    near.on('error', () => near.destroy())
    connect(near, ports.length)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const side of open) side.destroy()
      server.close()
    },
  }
}
