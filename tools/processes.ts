import { execFileSync, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const HAS_PROC = existsSync('/proc/self/stat')
const POLL_MS = 20
/** Below those that systems give to outgoing connections: one of these could take it before it is used. */
const PORTS_FROM = 20_000
const PORTS_TO = 32_000

export function isAlive(pid: number): boolean {
  if (HAS_PROC) return !['', 'Z', 'X'].includes(statOf(pid)?.state ?? '')
  return startTimeOf(pid) !== undefined
}

/** A pid alone proves nothing after a reboot; the pid and the moment it started do. */
export function startTimeOf(pid: number): string | undefined {
  return HAS_PROC ? statOf(pid)?.startTime : ps(pid, 'lstart')
}

export function commandOf(pid: number): string | undefined {
  if (!HAS_PROC) return ps(pid, 'command')
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return undefined
  }
}

export async function endProcess(pid: number, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  // Pids are used again: what is killed after the grace must be what was asked to end.
  const startedAt = startTimeOf(pid)
  sendSignal(pid, signal)
  if (!(await isGoneWithin(pid, startedAt, graceMs))) {
    sendSignal(pid, 'SIGKILL')
    await isGoneWithin(pid, startedAt, 2_000)
  }
}

export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has gone already.
  }
}

export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS_FROM, PORTS_TO)
    if (isTakenFirst(port) && (await isFree(port))) return port
  }
}

/** In a run of tests, where many look at once and listen only later, nobody is given what another was given. */
function isTakenFirst(port: number): boolean {
  const folder = process.env.TEST_PORTS_FOLDER
  if (!folder) return true
  try {
    writeFileSync(join(folder, String(port)), '', { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve, reject) =>
    server
      .once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true))),
  )
}

async function isGoneWithin(pid: number, startedAt: string | undefined, ms: number): Promise<boolean> {
  const until = Date.now() + ms
  while (isAlive(pid) && startTimeOf(pid) === startedAt) {
    if (Date.now() > until) return false
    await delay(POLL_MS)
  }
  return true
}

function statOf(pid: number) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name in parentheses may hold spaces: count fields from behind it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0]!, startTime: fields[19]! }
  } catch {
    return undefined
  }
}

function ps(pid: number, column: 'lstart' | 'command'): string | undefined {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined
  }
}
