import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePorts } from '@taskflow/tools/launcher/ports.ts'
import { openBalancer } from './balancer.ts'
import { createGateway } from './gateway.ts'
import { createService } from './spawning.ts'

const ROOT = resolve(import.meta.dirname, '../..')

const newSecret = () => randomBytes(32).toString('hex')

interface Stores {
  databaseUrl: string
  /** For each process its own way to Redis, so that a test can cut one of them. */
  redisUrl: string | ((process: string) => string)
  appSecret?: string
  /** How many of them share the work. */
  workers?: 1 | 2
  /** More of the environment of all processes. */
  env?: Record<string, string>
}

export type Stack = Awaited<ReturnType<typeof startStack>>

/** Two API nodes, two realtime nodes, workers, and the gateway before them, each a process that may be killed. */
export async function startStack({ databaseUrl, redisUrl, appSecret = newSecret(), workers: count = 1, env }: Stores) {
  const dataDir = await mkdtemp(join(tmpdir(), 'taskflow-stack-'))
  const ports = await freePorts(['gateway', 'api1', 'api2', 'realtime1', 'realtime2', 'worker1', 'worker2'])
  const url = `http://127.0.0.1:${ports.gateway}`
  const inside = await openBalancer([ports.api1, ports.api2])
  const environment = {
    ...process.env,
    NODE_ENV: 'test',
    LOG_LEVEL: 'warn',
    PUBLIC_URL: url,
    RATE_LIMIT_SCALE: '100000',
    INTERNAL_SECRET: newSecret(),
    DATABASE_URL: databaseUrl,
    APP_SECRET: appSecret,
    DATA_DIR: dataDir,
    ...env,
  }
  const redisFor = (name: string) => (typeof redisUrl === 'string' ? redisUrl : redisUrl(name))
  const service = (name: keyof typeof ports, file: string, readyPath: string, env: Record<string, string> = {}) =>
    createService({
      name,
      command: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', join(ROOT, file)],
      env: { ...environment, ...env, REDIS_URL: redisFor(name), PORT: String(ports[name]) },
      readyUrl: `http://127.0.0.1:${ports[name]}${readyPath}`,
    })
  const addressOf = (name: keyof typeof ports) => `127.0.0.1:${ports[name]}`
  const apis = (['api1', 'api2'] as const).map((name) => service(name, 'core-api/src/main.ts', '/api/ready'))
  const realtimes = (['realtime1', 'realtime2'] as const).map((name) =>
    service(name, 'realtime/src/main.ts', '/ready', { API_URL: inside.url, ALLOWED_ORIGINS: url }),
  )
  const workerNames = (['worker1', 'worker2'] as const).slice(0, count)
  const workers = workerNames.map((name) => service(name, 'core-api/src/worker.ts', '/ready'))
  const gateway = createGateway({
    port: ports.gateway,
    apiNodes: [addressOf('api1'), addressOf('api2')],
    realtimeNodes: [addressOf('realtime1'), addressOf('realtime2')],
  })

  const close = async () => {
    await gateway.close()
    await Promise.all([...realtimes, ...workers].map((one) => one.kill()))
    await Promise.all(apis.map((api) => api.stop()))
    inside.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    const [first, ...others] = [...apis, ...workers, ...realtimes]
    first!.start()
    await first!.ready()
    for (const one of [...others, gateway.service]) one.start()
    await Promise.all([...others, gateway.service].map((one) => one.ready()))
  } catch (error) {
    await close()
    throw error
  }
  return {
    url,
    apiUrls: apis.map((_, i) => `http://${addressOf(i === 0 ? 'api1' : 'api2')}`),
    realtimeUrls: realtimes.map((_, i) => `http://${addressOf(i === 0 ? 'realtime1' : 'realtime2')}`),
    apis,
    realtimes,
    workers,
    gateway,
    close,
  }
}
