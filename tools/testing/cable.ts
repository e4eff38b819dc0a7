import { type AddressInfo, connect, createServer } from 'node:net'

export type Cable = Awaited<ReturnType<typeof startCableTo>>

/**
 * Passes everything on in both directions. Once cut, the connections of that moment stay open and silent, as when a
 * machine is lost without a word; later ones are passed on again.
 */
export async function startCableTo(port: number, host: string) {
  let cuts = 0
  const server = createServer((near) => {
    const born = cuts
    const far = connect(port, host)
    near.on('data', (bytes) => born < cuts || far.write(bytes))
    far.on('data', (bytes) => born < cuts || near.write(bytes))
    near.on('error', () => {}).on('close', () => far.destroy())
    far.on('error', () => {}).on('close', () => near.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => void cuts++,
    close: () => server.close(),
  }
}
