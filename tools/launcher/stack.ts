import type { Children } from './children.ts'
import { checkDatabase, startEmbeddedDatabase } from './database.ts'
import { describeFor } from './dev-services.ts'
import { everyFault } from './fault.ts'
import { startGateway, startProxy } from './gateway.ts'
import { checkPortIsFree, freePorts } from './ports.ts'
import { untilReady } from './readiness.ts'
import { checkRedis, startEmbeddedRedis } from './redis.ts'
import { readSecrets } from './secrets.ts'
import type { StartConfig } from './services.ts'
import { ensureWebBuild } from './web-build.ts'

export type Mode = 'built' | 'watched'

interface Options {
  tell: (line: string) => void
  mode: Mode
  noteRedis: (url: string) => void
}

const STOP_ORDER = [['gateway'], ['web', 'realtime', 'worker'], ['core-api'], ['redis', 'postgres']]

/** Everything that one launcher runs, in the order in which it is needed. */
export function createStack(config: StartConfig, children: Children, { tell, mode, noteRedis }: Options) {
  const cleanups: (() => unknown)[] = []

  const startStores = async (password: string) => {
    const [database, redis] = await allDone([startDatabase(password), startRedis()] as const)
    tell(`Database  ${database.name}`)
    tell(`Redis     ${redis.name}`)
    noteRedis(redis.url)
    return { databaseUrl: database.url, redisUrl: redis.url }
  }

  const startDatabase = async (password: string) => {
    if (config.databaseUrl) {
      return { url: config.databaseUrl, name: `Postgres at ${new URL(config.databaseUrl).host}` }
    }
    const { url } = await startEmbeddedDatabase(config.dataDir, password, children)
    return { url, name: `embedded Postgres in ${config.dataDir}/postgres` }
  }

  const startRedis = async () => {
    if (config.redisUrl) return { url: config.redisUrl, name: `Redis at ${new URL(config.redisUrl).host}` }
    const redis = await startEmbeddedRedis(config.dataDir, children)
    cleanups.push(redis.stop)
    return redis
  }

  const start = async (signal: AbortSignal) => {
    await everyFault([
      checkPortIsFree(config.host, config.port),
      config.databaseUrl && checkDatabase(config.databaseUrl),
      config.redisUrl && checkRedis(config.redisUrl),
    ])
    const secrets = readSecrets(config.dataDir, config.env)
    const [stores, ports] = await allDone([
      startStores(secrets.POSTGRES_PASSWORD),
      freePorts(['api', 'realtime', 'web', 'worker']),
      mode === 'built' && ensureWebBuild(tell, signal),
    ] as const)
    signal.throwIfAborted()
    const services = describeFor(mode)(config, secrets, stores, ports)
    children.start(services.api)
    children.start(services.web)
    await untilReady('core-api', `http://127.0.0.1:${ports.api}/api/ready`, signal)
    children.start(services.realtime)
    children.start(services.worker)
    await untilReady('realtime', `http://127.0.0.1:${ports.realtime}/ready`, signal)
    await untilReady('worker', `http://127.0.0.1:${ports.worker}/ready`, signal)
    await untilReady('web', `http://127.0.0.1:${ports.web}/`, signal)
    const gateway =
      mode === 'built'
        ? startGateway(config, ports, services.gateway, children)
        : startProxy('for reloading in the browser', services.gateway, children)
    cleanups.push(gateway.clean)
    await untilReady('gateway', `http://${reachable(config.host)}:${config.port}/gateway/health`, signal)
    tell(`Gateway   ${gateway.name}`)
    return services
  }

  const stop = async () => {
    for (const names of STOP_ORDER) await Promise.all(names.map(children.stop))
    for (const clean of cleanups) await clean()
  }

  return { start, stop }
}

function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

/** Like Promise.all, but nothing is still being started behind the back of whoever then stops everything. */
async function allDone<Work extends readonly unknown[]>(work: Work) {
  await Promise.allSettled(work)
  return Promise.all(work)
}
