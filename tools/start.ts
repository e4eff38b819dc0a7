import { createChildren, type Death } from './launcher/children.ts'
import { readLauncherConfig } from './launcher/config.ts'
import { fillWithDemo } from './launcher/demo.ts'
import { Fault } from './launcher/fault.ts'
import { claimDataDir } from './launcher/running.ts'
import type { StartConfig } from './launcher/services.ts'
import { createStack } from './launcher/stack.ts'
import { helpText } from './launcher/variables.ts'

type Reason = { asked: true } | { death: Death } | { error: unknown }

const tell = (line: string) => console.log(`  ${line}`)
process.stdout.on('error', () => {})

try {
  const config = readLauncherConfig(process.argv.slice(2))
  if (config.help) console.log(helpText())
  else process.exitCode = await run(config)
} catch (error) {
  complain(error)
  process.exitCode = 1
}
process.exit()

async function run(config: StartConfig): Promise<number> {
  const stopAsked = Promise.withResolvers<Reason>()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stopAsked.resolve({ asked: true }))
  }
  // The channel closes when the process that started this one was killed.
  process.once('disconnect', () => stopAsked.resolve({ asked: true }))

  console.log('Starting Taskflow …')
  const claim = await claimDataDir(config.dataDir)
  const children = createChildren(claim.add)
  const stack = createStack(config, children, tell)
  const abort = new AbortController()
  const starting = start(config, stack, abort.signal).catch((error: unknown) => stopAsked.resolve({ error }))

  const reason = await Promise.race([stopAsked.promise, children.died.then((death) => ({ death }))])
  abort.abort()
  explain(reason)
  await starting
  await stack.stop()
  claim.release()
  console.log('Stopped.')
  return 'asked' in reason ? 0 : 1
}

async function start(config: StartConfig, stack: ReturnType<typeof createStack>, signal: AbortSignal) {
  const services = await stack.start(signal)
  if (config.demo) await fillWithDemo(services.demo)
  const seconds = (performance.now() / 1000).toFixed(1)
  console.log(`\nTaskflow is ready after ${seconds} s:  ${config.publicUrl}   (Ctrl+C stops it)\n`)
}

function explain(reason: Reason) {
  if ('asked' in reason) console.log('\nStopping …')
  else if ('error' in reason) complain(reason.error)
  else {
    const { name, how, lastLines } = reason.death
    console.error(`\n${name} ${how}; the rest is being stopped. Its last lines:\n${lastLines.join('\n') || '(none)'}\n`)
  }
}

function complain(error: unknown) {
  console.error(error instanceof Fault ? error.message : sentenceOf(error))
}

function sentenceOf(error: unknown): string {
  const { message, stack } = error as Error
  return process.env.LOG_LEVEL === 'debug' ? (stack ?? message) : message
}
