import { createApp } from './app.ts'
import { orExit, readConfig } from './config.ts'
import { closeDeps, openDeps } from './deps.ts'
import { listen } from './http/listen.ts'
import { createLog } from './log.ts'
import { migrate } from './migrate.ts'

const config = await orExit(() => readConfig())
const log = createLog(config)
const stopping = new AbortController()

const migrated = await orExit(() => migrate(config))
if (migrated.length > 0) log.info({ migrated }, 'migrated')
const deps = await orExit(() => openDeps(config, log, stopping.signal))
const server = await orExit(() => listen(createApp(deps), config))
log.info({ url: server.url }, 'core-api listens')

async function stop(signal: string) {
  if (stopping.signal.aborted) return
  log.info({ signal }, 'stopping')
  stopping.abort()
  await server.close()
  await closeDeps(deps)
}

process.on('SIGTERM', stop)
process.on('SIGINT', stop)
