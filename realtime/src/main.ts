import { pino } from 'pino'
import { readConfig } from './config.ts'
import { createRealtime } from './server.ts'

const config = await orExit(() => readConfig())
const log = pino({ level: config.logLevel, base: { service: 'realtime' } })
const realtime = createRealtime({ config, log })

log.info({ port: await orExit(realtime.listen) }, 'realtime is listening')

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop)

async function stop() {
  log.info('stopping')
  await realtime.drain()
  await realtime.close()
  process.exit(0)
}

/** A start that cannot succeed says why in plain words and ends; a stack trace helps nobody there. */
async function orExit<T>(attempt: () => T | Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (fault) {
    const { message } = fault as Error
    process.stderr.write(`Taskflow's realtime service cannot start:\n${message.replace(/^/gm, '  ')}\n`)
    process.exit(1)
  }
}
