import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isAlive } from '@taskflow/tools/processes.ts'
import { bareEnvironment } from './harness/bare-environment.ts'
import { listUnder } from './harness/processes.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const READY_WITHIN_MS = 240_000

export interface Launched {
  child: ChildProcess
  url: string
  output(): string
  ended: Promise<number | null>
  /** The pids of the launcher and of everything that it started, as it wrote them down. */
  pids(): number[]
  /** The same and all that these started, where the system can be asked. */
  pidsUnder(): number[]
}

/** The real launcher, as `npm start` runs it; whoever calls waits for `untilReady`. */
export function launch(env: Record<string, string>, args: string[] = []): Launched {
  const child = spawn(process.execPath, [join(ROOT, 'tools/start.ts'), ...args], {
    cwd: ROOT,
    env: { ...bareEnvironment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const pids = () => {
    const record = JSON.parse(readFileSync(join(env.DATA_DIR!, 'running.json'), 'utf8'))
    return [record.launcher, ...record.children].map(({ pid }: { pid: number }) => pid)
  }
  const pidsUnder = () => (existsSync('/proc/self') ? listUnder(child.pid!).map(({ id }) => id) : pids())
  return { child, url: `http://localhost:${env.PORT}`, output: () => output, ended, pids, pidsUnder }
}

export async function untilReady(launched: Launched): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS
  while (!launched.output().includes('Taskflow is ready')) {
    if (launched.child.exitCode !== null) throw new Error(`The launcher ended:\n${launched.output()}`)
    if (Date.now() > until) throw new Error(`The launcher was not ready in time:\n${launched.output()}`)
    await delay(50)
  }
}

export async function untilGone(pids: number[], withinMs: number): Promise<number[]> {
  const until = Date.now() + withinMs
  while (pids.some(isAlive) && Date.now() < until) await delay(50)
  return pids.filter(isAlive)
}
