import { createServer } from 'node:net'
import { Fault } from './fault.ts'

export async function checkPortIsFree(host: string, port: number): Promise<void> {
  try {
    await (await listen(host, port)).close()
  } catch (error) {
    throw new Fault(sentenceFor((error as NodeJS.ErrnoException).code, host, port))
  }
}

/** Held all at once before they are let go, so that no two are the same. */
export async function freePorts<Name extends string>(names: Name[]): Promise<Record<Name, number>> {
  const held = await Promise.all(names.map(() => listen('127.0.0.1', 0)))
  await Promise.all(held.map((one) => one.close()))
  return Object.fromEntries(names.map((name, index) => [name, held[index]!.port])) as Record<Name, number>
}

async function listen(host: string, port: number) {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const address = server.address() as { port: number }
  return { port: address.port, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

function sentenceFor(code: string | undefined, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program: set PORT to a free one.`
  if (code === 'EACCES') return `Port ${port} needs more rights than this user has: set PORT to one above 1023.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST ${host} is no address of this machine.`
  return `Cannot listen on ${host} port ${port} (${code}).`
}
