import { randomUUID } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { endProcess } from '../processes.ts'
import { type Identity, identify, isSameProcess, readText, tryToLink } from './running.ts'

const LOOK_EVERY_MS = 200
const GRACE_MS = 5_000

/** One builds at a time. What a killed one left building is ended first: two would write into the same folder. */
export async function takeBuildLock(file: string, signal: AbortSignal) {
  const holders = [identify('launcher', process.pid)]
  // Nobody may find half a file: it would look like that of somebody who is gone.
  const draft = `${file}.${randomUUID()}`
  const write = () => writeFileSync(draft, JSON.stringify(holders))

  write()
  try {
    while (!tryToLink(draft, file)) {
      await removeIfLeft(file)
      await delay(LOOK_EVERY_MS, undefined, { signal })
    }
  } finally {
    rmSync(draft, { force: true })
  }
  return {
    add(name: string, pid: number) {
      holders.push(identify(name, pid))
      write()
      renameSync(draft, file)
    },
    release: () => rmSync(file, { force: true }),
  }
}

async function removeIfLeft(file: string) {
  const found = readText(file)
  const [owner, ...builders] = parseHolders(found)
  if (owner && isSameProcess(owner)) return
  await Promise.all(builders.filter(isSameProcess).map(({ pid }) => endProcess(pid, 'SIGTERM', GRACE_MS)))
  // Another may have cleared up at the same time, and taken it already.
  if (readText(file) === found) rmSync(file, { force: true })
}

function parseHolders(text: string): Identity[] {
  try {
    return JSON.parse(text)
  } catch {
    return []
  }
}
