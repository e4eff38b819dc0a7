import { spawn } from 'node:child_process'
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
}

const KILL_AFTER_MS = 5_000
const LAST_WORDS_MS = 1_000
const running = new Set<number>()

process.once('exit', () => {
  for (const pid of running) sendSignal(-pid, 'SIGTERM')
})

/** Runs a file in a process group of its own: what it leaves behind ends with it, and cannot hold up the run. */
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
    sendSignal(-child.pid!, 'SIGKILL')
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
