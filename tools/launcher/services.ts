import { join } from 'node:path'
import type { Command } from './children.ts'
import { type Environment, type LauncherConfig, ROOT } from './config.ts'
import type { Secrets } from './secrets.ts'

export type StartConfig = Extract<LauncherConfig, { help: false }>

export interface Stores {
  databaseUrl: string
  redisUrl: string
}

export interface Ports {
  api: number
  realtime: number
  web: number
  worker: number
}

export const NODE_FLAGS = [
  '--disable-warning=ExperimentalWarning',
  `--import=${join(import.meta.dirname, 'resting.mjs')}`,
]
/** With the stores on the same machine everything together is to stay small. */
const SMALL_NODE_FLAGS = [...NODE_FLAGS, '--optimize-for-size', '--max-semi-space-size=2']

const ONLY_FOR_API = [
  'DATABASE_URL',
  'DATABASE_APP_URL',
  'APP_SECRET',
  'APP_SECRET_PREVIOUS',
  'S3_URL',
  'SMTP_URL',
  'OIDC_CLIENT_SECRET',
]

/** What each service is started with; the secrets and the database reach only those that need them. */
export function describeServices(config: StartConfig, secrets: Secrets, stores: Stores, ports: Ports) {
  const flags = config.databaseUrl ? NODE_FLAGS : SMALL_NODE_FLAGS
  const common: Environment = { ...config.env, HOST: '127.0.0.1', PUBLIC_URL: config.publicUrl }
  const apiUrl = `http://127.0.0.1:${ports.api}`
  const forApi: Environment = {
    ...common,
    DATABASE_URL: stores.databaseUrl,
    REDIS_URL: stores.redisUrl,
    APP_SECRET: secrets.APP_SECRET,
    INTERNAL_SECRET: secrets.INTERNAL_SECRET,
    DATA_DIR: config.dataDir,
    PORT: String(ports.api),
  }
  const forOthers: Environment = { ...without(common, ONLY_FOR_API), API_URL: apiUrl }
  const forRealtime: Environment = {
    ...forOthers,
    REDIS_URL: stores.redisUrl,
    INTERNAL_SECRET: secrets.INTERNAL_SECRET,
    PORT: String(ports.realtime),
  }
  const forWeb: Environment = { ...without(forOthers, ['INTERNAL_SECRET', 'REDIS_URL']), PORT: String(ports.web) }
  const node = (name: string, folder: string, args: string[], env: Environment): Command => ({
    name,
    command: process.execPath,
    args: [...flags, ...args],
    cwd: join(ROOT, folder),
    env,
  })
  return {
    api: node('core-api', 'core-api', ['src/main.ts'], forApi),
    worker: node('worker', 'core-api', ['src/worker.ts'], { ...forApi, PORT: String(ports.worker) }),
    realtime: node('realtime', 'realtime', ['src/main.ts'], forRealtime),
    web: node('web', 'web', ['build/index.js'], forWeb),
    demo: node('demo', 'core-api', ['src/demo.ts'], forApi),
    gateway: {
      ...without(common, ['INTERNAL_SECRET', 'REDIS_URL', ...ONLY_FOR_API]),
      HOST: config.host,
      PORT: String(config.port),
      API_URL: apiUrl,
      REALTIME_URL: `http://127.0.0.1:${ports.realtime}`,
      WEB_URL: `http://127.0.0.1:${ports.web}`,
    } as Environment,
  }
}

function without(env: Environment, names: string[]): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)))
}
