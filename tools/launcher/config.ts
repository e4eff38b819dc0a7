import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs, parseEnv } from 'node:util'
import { findWrongAddresses } from '../../gateway/trusted-proxies.ts'
import { Fault } from './fault.ts'

export const ROOT = resolve(import.meta.dirname, '../..')

export type Environment = Record<string, string | undefined>
export type LauncherConfig = ReturnType<typeof readLauncherConfig>

export function readLauncherConfig(args: string[], given: Environment = process.env) {
  const { config, faults } = examineConfig(args, given)
  if (faults.length > 0) throw new Fault(faults.join('\n'))
  return config
}

/** What is wrong with it is named by the one who asks, who may know of more. */
export function examineConfig(args: string[], given: Environment) {
  const { faults, fault } = collectFaults()
  const flags = readFlags(args, fault)
  if (flags.help) return { config: { help: true as const }, faults }
  // What is set empty is set: it hides what the file says.
  const env = withoutEmpty({ ...readEnvFile(given.ENV_FILE, fault), ...given })
  const port = readPort(env.PORT ?? '8080', fault)
  const host = env.HOST ?? '127.0.0.1'
  const publicUrl = readPublicUrl(env.PUBLIC_URL, port, fault)
  checkStore('DATABASE_URL', env.DATABASE_URL, /^postgres(ql)?:$/, fault)
  checkStore('REDIS_URL', env.REDIS_URL, /^rediss?:$/, fault)
  if (!(Number(env.RATE_LIMIT_SCALE ?? 1) > 0)) fault('RATE_LIMIT_SCALE must be a number above 0.')
  const trustedProxies = (env.TRUSTED_PROXY ?? '').split(/[\s,]+/).filter(Boolean)
  const wrong = findWrongAddresses(trustedProxies)
  if (wrong.length > 0) fault(`TRUSTED_PROXY must name addresses like 172.16.0.0/12, not ${wrong.join(', ')}.`)
  const dataDir = resolve(ROOT, env.DATA_DIR ?? '.taskflow')
  checkFolder(dataDir, fault)
  if (env.NODE_ENV === 'production' && env.DATABASE_URL && env.REDIS_URL) {
    for (const name of ['APP_SECRET', 'INTERNAL_SECRET']) {
      if (!env[name])
        fault(`${name} is missing: in production, with stores of your own, set it to 32 random characters or more.`)
    }
  }
  const config = {
    help: false as const,
    demo: flags.demo,
    port,
    host,
    publicUrl,
    dataDir,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    rateLimitScale: Number(env.RATE_LIMIT_SCALE ?? 1),
    trustedProxies,
    logLevel: env.LOG_LEVEL ?? 'info',
    env: { ...env, NODE_ENV: env.NODE_ENV ?? 'production' } as Environment,
  }
  return { config, faults }
}

function collectFaults() {
  const faults: string[] = []
  return { faults, fault: (sentence: string) => void faults.push(sentence) }
}

type Report = (sentence: string) => void

function readFlags(args: string[], fault: Report): { help: boolean; demo: boolean } {
  try {
    const options = {
      help: { type: 'boolean', short: 'h', default: false },
      demo: { type: 'boolean', default: false },
    } as const
    return parseArgs({ args, options }).values
  } catch {
    fault(`Unknown argument: ${args.join(' ')}. Try npm start -- --help.`)
    return { help: false, demo: false }
  }
}

function readEnvFile(name: string | undefined, fault: Report): Environment {
  if (name === '' || (name === undefined && !existsSync(join(ROOT, '.env')))) return {}
  const file = resolve(ROOT, name ?? '.env')
  try {
    return parseEnv(readFileSync(file, 'utf8'))
  } catch (error) {
    fault(`The file ${name ?? '.env'} cannot be read: ${(error as Error).message}.`)
    return {}
  }
}

function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
}

function readPort(text: string, fault: Report): number {
  const port = /^\d+$/.test(text) ? Number(text) : NaN
  if (port >= 1 && port <= 65535) return port
  fault(`PORT must be a number from 1 to 65535, not "${text}".`)
  return 0
}

function readPublicUrl(text: string | undefined, port: number, fault: Report): string {
  if (text === undefined) return `http://localhost:${port}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/') return url.origin
  fault(`PUBLIC_URL must be an address without a path, like https://taskflow.example.org, not "${text}".`)
  return ''
}

function checkStore(name: string, url: string | undefined, protocol: RegExp, fault: Report) {
  if (url === undefined) return
  if (!URL.canParse(url) || !protocol.test(new URL(url).protocol)) {
    const example = name === 'REDIS_URL' ? 'redis://host:6379' : 'postgres://user:password@host:5432/taskflow'
    fault(`${name} must be an address like ${example}.`)
  }
}

function checkFolder(folder: string, fault: Report) {
  try {
    makeFolder(folder)
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'EACCES' || code === 'EROFS' ? 'is not writable' : `cannot be used (${code})`
    fault(`DATA_DIR ${folder} ${why}: choose another folder.`)
  }
}

// Node's own recursive mkdir never returns for a folder under /proc.
function makeFolder(folder: string) {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}
