import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'

interface Command {
  name: string
  command: string
  args: string[]
  env: NodeJS.ProcessEnv
  /** Answers 2xx once the service can be used. */
  readyUrl: string
  /** How it is ended when this process ends: nginx outright would leave its workers behind. */
  endBy?: NodeJS.Signals
}

export type Service = ReturnType<typeof createService>

const READY_WITHIN_MS = 120_000
const STOP_WITHIN_MS = 15_000
const KEPT_OUTPUT = 6_000

/** One process of the stack, that can die and come back under the same address. */
export function createService({ name, command, args, env, readyUrl, endBy = 'SIGKILL' }: Command) {
  let child: ChildProcess | undefined
  let output = ''
  let kills = 0
  const killNow = () => child?.kill(endBy)

  const isRunning = () => child?.pid !== undefined && child.exitCode === null && child.signalCode === null
  const gone = () => new Promise<void>((resolve) => (isRunning() ? child!.once('exit', () => resolve()) : resolve()))

  return {
    name,
    start() {
      child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
      child.once('error', (error) => (output += String(error)))
      for (const stream of [child.stdout!, child.stderr!]) {
        stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-KEPT_OUTPUT)))
      }
      process.removeListener('exit', killNow)
      process.once('exit', killNow)
    },

    async ready() {
      for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await delay(25)) {
        if (!isRunning()) break
        if (await answers(readyUrl)) return
      }
      throw new Error(`${name} did not become ready:\n${output}`)
    },

    signal: (signal: NodeJS.Signals) => void child?.kill(signal),

    async kill() {
      kills++
      child?.kill('SIGKILL')
      await gone()
    },

    async stop() {
      process.removeListener('exit', killNow)
      if (!isRunning()) return
      const late = setTimeout(() => child!.kill('SIGKILL'), STOP_WITHIN_MS)
      child!.kill('SIGTERM')
      await gone()
      clearTimeout(late)
    },

    /** How often it was killed. */
    kills: () => kills,
    output: () => output,
  }
}

export async function killAndStart(services: Service[], awayMs: number): Promise<void> {
  await Promise.all(services.map((service) => service.kill()))
  await delay(awayMs)
  await startAll(services)
}

export async function startAll(services: Service[]): Promise<void> {
  for (const service of services) service.start()
  await Promise.all(services.map((service) => service.ready()))
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.ok ?? false
}
