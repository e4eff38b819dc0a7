import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { endProcess, startTimeOf } from '../processes.ts'
import { Fault } from './fault.ts'

interface Identity {
  name: string
  pid: number
  startedAt: string | undefined
}

interface Record {
  launcher: Identity
  children: Identity[]
}

const OTHER_MAY_STOP_WITHIN_MS = 6_000
const ORPHAN_GRACE_MS = 8_000

/** One launcher per data folder; what a killed one left behind is ended, and nothing else. */
export async function claimDataDir(dataDir: string) {
  const file = join(dataDir, 'running.json')
  const record: Record = { launcher: identify('launcher', process.pid), children: [] }
  const save = (flag: 'w' | 'wx') => writeFileSync(file, JSON.stringify(record), { flag, mode: 0o600 })

  while (!tryToClaim(save)) await removeStale(file, dataDir)
  return {
    add(name: string, pid: number) {
      record.children.push(identify(name, pid))
      save('w')
    },
    release: () => rmSync(file, { force: true }),
  }
}

/** The process of a launcher that runs with this folder now. */
export function runningLauncher(dataDir: string): number | undefined {
  const record = readRecord(join(dataDir, 'running.json'))
  return record && isSameProcess(record.launcher) ? record.launcher.pid : undefined
}

function tryToClaim(save: (flag: 'wx') => void): boolean {
  try {
    save('wx')
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function removeStale(file: string, dataDir: string) {
  const left = readRecord(file)
  const until = Date.now() + OTHER_MAY_STOP_WITHIN_MS
  while (left && isSameProcess(left.launcher)) {
    if (Date.now() > until) {
      throw new Fault(`Taskflow runs with ${dataDir} already (process ${left.launcher.pid}): stop it or set DATA_DIR.`)
    }
    await delay(100)
  }
  const orphans = left?.children.filter(isSameProcess) ?? []
  await Promise.all(orphans.map(({ name, pid }) => endProcess(pid, stopSignalOf(name), ORPHAN_GRACE_MS)))
  rmSync(file, { force: true })
}

export function stopSignalOf(name: string): NodeJS.Signals {
  return name === 'postgres' ? 'SIGINT' : 'SIGTERM'
}

function readRecord(file: string): Record | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function identify(name: string, pid: number): Identity {
  return { name, pid, startedAt: startTimeOf(pid) }
}

function isSameProcess({ pid, startedAt }: Identity): boolean {
  return startedAt !== undefined && startTimeOf(pid) === startedAt
}
