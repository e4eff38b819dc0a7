import { randomUUID } from 'node:crypto'
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { endProcess, startTimeOf } from '../processes.ts'
import { Fault } from './fault.ts'

export interface Identity {
  name: string
  pid: number
  startedAt: string | undefined
}

interface Record {
  launcher: Identity
  redisUrl?: string
  children: Identity[]
}

const OTHER_MAY_STOP_WITHIN_MS = 6_000
const ORPHAN_GRACE_MS = 8_000

/** One launcher per data folder; what a killed one left behind is ended, and nothing else. */
export async function claimDataDir(dataDir: string) {
  const file = join(dataDir, 'running.json')
  const record: Record = { launcher: identify('launcher', process.pid), children: [] }
  // Nobody may find half a file: it would look like that of a launcher which is gone.
  const draft = `${file}.${randomUUID()}`
  const write = () => writeFileSync(draft, JSON.stringify(record), { mode: 0o600 })

  const rewrite = () => {
    write()
    renameSync(draft, file)
  }

  write()
  try {
    while (!tryToLink(draft, file)) await removeStale(file, dataDir)
  } finally {
    rmSync(draft, { force: true })
  }
  return {
    add(name: string, pid: number) {
      record.children.push(identify(name, pid))
      rewrite()
    },
    /** For commands that have something to say to those who listen. */
    addRedis(url: string) {
      record.redisUrl = url
      rewrite()
    },
    release: () => rmSync(file, { force: true }),
  }
}

/** The process of a launcher that runs with this folder now. */
export const runningLauncher = (dataDir: string) => findRunning(dataDir)?.launcher.pid

export const redisOfRunning = (dataDir: string) => findRunning(dataDir)?.redisUrl

function findRunning(dataDir: string): Record | undefined {
  const record = parseRecord(readText(join(dataDir, 'running.json')))
  return record && isSameProcess(record.launcher) ? record : undefined
}

export function tryToLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function removeStale(file: string, dataDir: string) {
  const found = readText(file)
  const left = parseRecord(found)
  const until = Date.now() + OTHER_MAY_STOP_WITHIN_MS
  while (left && isSameProcess(left.launcher) && existsSync(file)) {
    if (Date.now() > until) {
      throw new Fault(`Taskflow runs with ${dataDir} already (process ${left.launcher.pid}): stop it or set DATA_DIR.`)
    }
    await delay(100)
  }
  const orphans = left?.children.filter(isSameProcess) ?? []
  await Promise.all(orphans.map(({ name, pid }) => endProcess(pid, stopSignalOf(name), ORPHAN_GRACE_MS)))
  // Another start may have cleared up at the same time, and claimed the folder already.
  if (readText(file) === found) rmSync(file, { force: true })
}

export function stopSignalOf(name: string): NodeJS.Signals {
  return name === 'postgres' ? 'SIGINT' : 'SIGTERM'
}

export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function parseRecord(text: string): Record | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function identify(name: string, pid: number): Identity {
  return { name, pid, startedAt: startTimeOf(pid) }
}

export function isSameProcess({ pid, startedAt }: Identity): boolean {
  return startedAt !== undefined && startTimeOf(pid) === startedAt
}
