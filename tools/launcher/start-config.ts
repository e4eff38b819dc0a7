import { randomBytes } from 'node:crypto'
import { readConfig as readApiConfig } from '../../core-api/src/config.ts'
import { readConfig as readRealtimeConfig } from '../../realtime/src/config.ts'
import { type Environment, examineConfig, type LauncherConfig } from './config.ts'
import { describeFor } from './dev-services.ts'
import { Fault } from './fault.ts'
import type { StartConfig } from './services.ts'
import type { Mode } from './stack.ts'

/** With what the services would refuse, so that one start names every fault, before anything runs. */
export function readStartConfig(args: string[], mode: Mode, given: Environment = process.env): LauncherConfig {
  const { config, faults } = examineConfig(args, given)
  if (config.help) return config
  const { api, realtime } = describeServices(config, mode)
  for (const read of [() => readApiConfig(api.env), () => readRealtimeConfig(realtime.env)]) {
    const named = new Set(faults.map(nameIn))
    faults.push(...faultsOf(read).filter((fault) => !named.has(nameIn(fault))))
  }
  if (faults.length > 0) throw new Fault(faults.join('\n'))
  return config
}

/** Of what the launcher makes itself, anything that is sound. */
function describeServices(config: StartConfig, mode: Mode) {
  const secret = (name: string) => config.env[name] ?? randomBytes(32).toString('base64url')
  const secrets = {
    APP_SECRET: secret('APP_SECRET'),
    INTERNAL_SECRET: secret('INTERNAL_SECRET'),
    POSTGRES_PASSWORD: secret('POSTGRES_PASSWORD'),
  }
  const stores = {
    databaseUrl: config.databaseUrl ?? 'postgres://localhost/taskflow',
    redisUrl: config.redisUrl ?? 'redis://localhost',
  }
  return describeFor(mode)(config, secrets, stores, { api: 1, realtime: 2, web: 3, worker: 4 })
}

function faultsOf(read: () => unknown): string[] {
  try {
    read()
    return []
  } catch (error) {
    return (error as Error).message.split('\n')
  }
}

const nameIn = (fault: string) => fault.split(' ')[0]
