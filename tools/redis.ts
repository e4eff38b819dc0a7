import { spawn, type ChildProcess } from 'node:child_process'
import { accessSync, closeSync, constants, openSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { endProcess, freePort, hasEnded, sendSignal } from './processes.ts'
import { startRedisStandIn } from './redis-stand-in.ts'

export interface RedisServer {
  url: string
  name: string
  child?: ChildProcess
  stop(): Promise<void>
}

interface RedisOptions {
  port?: number
  folder?: string
  logFile?: string
}

const READY_WITHIN_MS = 10_000

export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const command = findOnPath('redis-server') ?? findOnPath('valkey-server')
  if (command) return startRealRedis(command, options)
  const standIn = await startRedisStandIn(options.port)
  return { url: standIn.url, name: 'stand-in (for one machine)', stop: standIn.stop }
}

export function findOnPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

export async function startRealRedis(command: string, options: RedisOptions): Promise<RedisServer> {
  const port = options.port ?? (await freePort())
  const memoryOnly = ['--save', '', '--appendonly', 'no', '--dir', options.folder ?? tmpdir(), '--daemonize', 'no']
  const log = options.logFile ? openSync(options.logFile, 'a', 0o600) : undefined
  const child = spawn(command, ['--bind', '127.0.0.1', '--port', String(port), ...memoryOnly], {
    stdio: ['ignore', log ?? 'ignore', log ?? 'ignore'],
    detached: true,
  })
  if (log) closeSync(log)
  child.unref()
  const killNow = () => sendSignal(child.pid!, 'SIGKILL')
  process.once('exit', killNow)
  // Once it has gone, its pid may be somebody else's.
  child.once('exit', () => process.removeListener('exit', killNow))
  await waitUntilListening(child, port).catch((error: Error) => {
    throw options.logFile ? new Error(`${error.message}: see ${options.logFile}`, { cause: error }) : error
  })
  return {
    url: `redis://127.0.0.1:${port}`,
    name: command,
    child,
    stop: async () => {
      process.removeListener('exit', killNow)
      if (!hasEnded(child)) await endProcess(child.pid!, 'SIGTERM', 3_000)
    },
  }
}

async function waitUntilListening(child: ChildProcess, port: number) {
  let failure: unknown
  child.once('error', (error) => (failure = error))
  const until = Date.now() + READY_WITHIN_MS
  while (!(await answers(port))) {
    if (failure) throw failure
    if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode} on port ${port}`)
    if (Date.now() > until) throw new Error('redis-server was not ready in time')
    await delay(10)
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}
