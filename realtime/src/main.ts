import { pino } from 'pino'
import { ConfigFault, readConfig } from './config.ts'
import { createRealtime } from './server.ts'

const config = orExit(readConfig)
const log = pino({ level: config.logLevel, base: { service: 'realtime' } })
const realtime = createRealtime({ config, log })

log.info({ port: await realtime.listen() }, 'realtime is listening')

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop)

async function stop() {
  log.info('stopping')
  await realtime.drain()
  await realtime.close()
  process.exit(0)
}

function orExit<T>(read: () => T): T {
  try {
    return read()
  } catch (fault) {
    if (!(fault instanceof ConfigFault)) throw fault
    process.stderr.write(`Taskflow's realtime service cannot start:\n${fault.message.replace(/^/gm, '  ')}\n`)
    process.exit(1)
  }
}
