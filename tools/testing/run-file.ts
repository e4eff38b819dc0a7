import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { sendSignal } from '../processes.ts'

export interface FileResult {
  file: string
  passed: number
  failed: number
  skipped: number
  ms: number
  fault?: string
  output: string
}

interface Limits {
  timeLimitMs: number
  lingerMs: number
  /** How long what it leaves behind may take to end: a launcher stops its services first. */
  graceMs?: number
}

const KILL_AFTER_MS = 5_000
const LAST_WORDS_MS = 1_000
const GRACE_MS = 12_000
const LOOK_EVERY_MS = 100
const running = new Set<number>()
const ending = new Set<Promise<void>>()

process.once('exit', () => {
  for (const pid of running) sendSignal(-pid, 'SIGTERM')
})

/** Resolves when nothing of any file is left, for which nobody waits longer than the grace. */
export const nothingLeft = async (): Promise<void> => void (await Promise.all(ending))

/** Runs a file in a process group of its own: what it leaves behind ends after it, and cannot hold up the next. */
export function runFile(root: string, file: string, env: NodeJS.ProcessEnv, limits: Limits): Promise<FileResult> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  running.add(child.pid!)
  let output = ''
  let lingering: NodeJS.Timeout | undefined
  let stoppedBecause = ''

  const stop = (reason: string) => {
    stoppedBecause ||= reason
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref()
  }
  const limit = setTimeout(() => stop(`not done after ${limits.timeLimitMs / 1000} s`), limits.timeLimitMs)
  const read = (chunk: Buffer) => {
    output += chunk.toString()
    if (!lingering && countsIn(output)) {
      lingering = setTimeout(() => stop('its tests ended, yet something keeps it open'), limits.lingerMs)
    }
  }
  child.stdout.on('data', read)
  child.stderr.on('data', read)

  child.once('exit', () => {
    running.delete(child.pid!)
    const end = endGroup(child.pid!, limits.graceMs ?? GRACE_MS)
    ending.add(end)
    void end.then(() => ending.delete(end))
    // A process that left the group may still hold the pipes, which nobody would read to their end.
    setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream.destroy()), LAST_WORDS_MS).unref()
  })
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      clearTimeout(limit)
      clearTimeout(lingering)
      const counts = countsIn(output) ?? { total: 0, passed: 0, skipped: 0 }
      const { passed, skipped } = counts
      const fault = stoppedBecause || faultOf(counts, code, signal)
      const failed = Math.max(counts.total - passed, fault ? 1 : 0)
      const ms = performance.now() - startedAt
      resolve({ file, passed, failed, skipped, ms, output, ...(fault && { fault }) })
    })
  })
}

/** An empty group's number may be given to another: so it is killed only if there was somebody in it all the time. */
async function endGroup(leader: number, graceMs: number): Promise<void> {
  sendSignal(-leader, 'SIGTERM')
  for (const until = Date.now() + graceMs; isThere(leader); await delay(LOOK_EVERY_MS)) {
    if (Date.now() > until) return sendSignal(-leader, 'SIGKILL')
  }
}

function isThere(group: number): boolean {
  try {
    return process.kill(-group, 0)
  } catch {
    return false
  }
}

function faultOf(
  counts: { total: number; passed: number; skipped: number },
  code: number | null,
  signal: string | null,
) {
  if (counts.passed !== counts.total) return `${counts.total - counts.passed} of ${counts.total} failed`
  if (signal) return `ended by ${signal}`
  if (code !== 0) return `exit code ${code}`
  if (counts.total + counts.skipped === 0) return 'ran no test'
  return ''
}

function countsIn(output: string) {
  const found = /\n {2}Total: +(\d+)\n {2}Passed: +(\d+)\n {2}Skipped: +(\d+)\n/.exec(stripVTControlCharacters(output))
  return found && { total: Number(found[1]), passed: Number(found[2]), skipped: Number(found[3]) }
}
