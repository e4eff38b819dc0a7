import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net'

export type Line = Awaited<ReturnType<typeof openLine>>

interface Wire {
  near: Socket
  far: Socket
  /** What was asked has gone through, and its answer will not come back. */
  isDoomed: boolean
}

/** A TCP connection between two parties, on which everything can happen that happens to networks. */
export async function openLine(to: { port: number }) {
  const wires = new Set<Wire>()
  let lossRate = 0
  let frozen = false
  const server = createServer({ noDelay: true }, (near) => {
    const far = createConnection(to.port, '127.0.0.1').setNoDelay(true)
    const wire: Wire = { near, far, isDoomed: false }
    wires.add(wire)
    const end = () => {
      wires.delete(wire)
      near.destroy()
      far.destroy()
    }
    for (const side of [near, far]) side.on('error', end).on('close', end)
    near.on('data', (chunk) => {
      if (Math.random() < lossRate) wire.isDoomed = true
      if (!far.write(chunk)) near.pause()
    })
    far.on('data', (chunk) => {
      if (wire.isDoomed) return end()
      if (!near.write(chunk)) far.pause()
    })
    near.on('drain', () => !frozen && far.resume())
    far.on('drain', () => !frozen && near.resume())
    if (frozen) for (const side of [near, far]) side.pause()
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const setFrozen = (to: boolean) => {
    frozen = to
    const sides = [...wires].flatMap(({ near, far }) => [near, far])
    for (const side of sides) {
      if (frozen) side.pause()
      else side.resume()
    }
  }
  const cut = () => {
    for (const { near, far } of wires) for (const side of [near, far]) side.destroy()
  }
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    /** Ends every connection; what was still held is lost. */
    cut,
    /** Nothing passes, and nobody is told. */
    freeze: () => setFrozen(true),
    thaw: () => setFrozen(false),
    /** The share of requests that reach the other side and whose answers are cut off. */
    loseAnswers: (rate: number) => void (lossRate = rate),
    close() {
      cut()
      server.close()
    },
  }
}
