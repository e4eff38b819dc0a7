import { createServer } from 'node:net'
import { freePort } from '../processes.ts'
import { Fault } from './fault.ts'

export async function checkPortIsFree(host: string, port: number): Promise<void> {
  try {
    await listenOnce(host, port)
  } catch (error) {
    throw new Fault(sentenceFor((error as NodeJS.ErrnoException).code, host, port))
  }
}

export async function freePorts<Name extends string>(names: Name[]): Promise<Record<Name, number>> {
  const ports = new Set<number>()
  while (ports.size < names.length) ports.add(await freePort())
  const given = [...ports]
  return Object.fromEntries(names.map((name, index) => [name, given[index]!])) as Record<Name, number>
}

async function listenOnce(host: string, port: number) {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  await new Promise((resolve) => server.close(resolve))
}

function sentenceFor(code: string | undefined, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program: set PORT to a free one.`
  if (code === 'EACCES') return `Port ${port} needs more rights than this user has: set PORT to one above 1023.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST ${host} is no address of this machine.`
  return `Cannot listen on ${host} port ${port} (${code}).`
}
