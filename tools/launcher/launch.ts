import { createChildren, type Death } from './children.ts'
import { fillWithDemo } from './demo.ts'
import { Fault } from './fault.ts'
import './resting.mjs'
import { claimDataDir } from './running.ts'
import type { StartConfig } from './services.ts'
import { readStartConfig } from './start-config.ts'
import { createStack, type Mode } from './stack.ts'
import { helpText } from './variables.ts'

type Reason = { asked: true } | { death: Death } | { error: unknown }

const tell = (line: string) => console.log(`  ${line}`)

export async function launch(args: string[], mode: Mode): Promise<number> {
  // A reader of the output that went away must not end what it was reading about.
  process.stdout.on('error', () => {})
  try {
    const config = readStartConfig(args, mode)
    if (!config.help) return await run(config, mode)
    console.log(helpText())
    return 0
  } catch (error) {
    complain(error)
    return 1
  }
}

async function run(config: StartConfig, mode: Mode): Promise<number> {
  const stopAsked = Promise.withResolvers<Reason>()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stopAsked.resolve({ asked: true }))
  }
  // The channel closes when the process that started this one was killed.
  process.once('disconnect', () => stopAsked.resolve({ asked: true }))

  console.log('Starting Taskflow …')
  const claim = await claimDataDir(config.dataDir)
  const children = createChildren(claim.add)
  const stack = createStack(config, children, { tell, mode, noteRedis: claim.addRedis })
  const abort = new AbortController()
  const starting = start(config, stack, abort.signal)
    .then(children.showEverything)
    .catch((error: unknown) => stopAsked.resolve({ error }))

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
    const { name, how, lastLines, shown } = reason.death
    const words = shown ? ' Its last lines stand above.' : ` Its last lines:\n${lastLines.join('\n') || '(none)'}`
    console.error(`\n${name} ${how}; the rest is being stopped.${words}\n`)
  }
}

function complain(error: unknown) {
  console.error(error instanceof Fault ? error.message : sentenceOf(error))
}

function sentenceOf(error: unknown): string {
  const { message, stack } = error as Error
  return process.env.LOG_LEVEL === 'debug' ? (stack ?? message) : message
}
