import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CHANNEL_OF_WORK } from '@taskflow/shared/names.ts'
import { orExit, readConfig } from './config.ts'
import { closeCoreDeps, openCoreDeps } from './core-deps.ts'
import { DELIVERIES } from './deliveries/delivering.ts'
import { startSending } from './deliveries/sending.ts'
import { createReadiness } from './http/readiness.ts'
import { handlers } from './jobs/handlers.ts'
import { startTicking } from './jobs/ticking.ts'
import { startWorking } from './jobs/working.ts'
import { createLog } from './log.ts'
import { migrate } from './migrate.ts'

const STOP_WITHIN_MS = 20_000

const config = await orExit(() => readConfig())
const log = createLog(config, undefined, 'worker')
const stopping = new AbortController()

await orExit(() => migrate(config))
const deps = await orExit(() => openCoreDeps(config, log, stopping.signal))
const jobs = await orExit(() => startWorking(deps, handlers))
const sending = startSending(deps)
const ticking = await orExit(() => startTicking(deps))
// Not awaited: without Redis the workers find by themselves what there is to do, a little later.
deps.redis.subscriber
  .subscribe(CHANNEL_OF_WORK, (what) => (what === DELIVERIES ? sending.wake() : jobs.wake(what)))
  .catch((error: unknown) => log.warn({ err: error }, 'cannot hear of new work'))

const readiness = createReadiness(deps)
const server = createServer(async (request, response) => {
  const path = request.url?.replace(/^\/api/, '')
  const answer = (status: number, body: unknown) =>
    response
      .writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
      .end(JSON.stringify(body))
  if (path === '/health') return answer(200, { ok: true })
  if (path !== '/ready') return answer(404, { code: 'request.no_such_route' })
  const { ready, checks } = await readiness()
  answer(ready ? 200 : 503, { ready, checks })
})
await orExit(
  () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(config.port, config.host, resolve)
    }),
)
log.info({ url: `http://${config.host}:${(server.address() as AddressInfo).port}` }, 'worker listens')

async function stop(signal: string) {
  if (stopping.signal.aborted) return
  log.info({ signal }, 'stopping')
  stopping.abort()
  await Promise.all([jobs.stop(STOP_WITHIN_MS), sending.stop(STOP_WITHIN_MS), ticking.stop(STOP_WITHIN_MS)])
  server.close()
  server.closeAllConnections()
  await closeCoreDeps(deps)
}

process.on('SIGTERM', stop)
process.on('SIGINT', stop)
