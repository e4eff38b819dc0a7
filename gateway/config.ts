import { nodeAddress } from './nodes.ts'
import type { NginxSettings } from './render.ts'
import { findWrongAddresses } from './trusted-proxies.ts'

export type GatewayConfig = NginxSettings & { trustedProxies: string[] }

const NGINX_LEVELS: Record<string, string> = {
  trace: 'info',
  debug: 'info',
  info: 'warn',
  warn: 'warn',
  error: 'error',
  fatal: 'crit',
  silent: 'crit',
}

export function gatewayConfig(env: NodeJS.ProcessEnv): GatewayConfig {
  const faults: string[] = []
  const number = (name: string, fallback: number, least: number) => {
    const value = env[name] ? Number(env[name]) : fallback
    if (!(value >= least)) faults.push(`${name} must be a number of at least ${least}`)
    return value
  }
  const nodes = (name: string, urlName: string, fallback: string) => {
    const list = words(env[name] || env[urlName] || fallback)
    if (list.length === 0) faults.push(`${name} names no node`)
    return list.flatMap((node) => {
      try {
        return [nodeAddress(node)]
      } catch (error) {
        faults.push(`${name}: ${(error as Error).message}`)
        return []
      }
    })
  }
  const config: GatewayConfig = {
    host: env.HOST || '127.0.0.1',
    port: number('PORT', 8080, 0),
    apiNodes: nodes('API_NODES', 'API_URL', '127.0.0.1:3000'),
    realtimeNodes: nodes('REALTIME_NODES', 'REALTIME_URL', '127.0.0.1:3001'),
    webNodes: nodes('WEB_NODES', 'WEB_URL', '127.0.0.1:3002'),
    directory: env.GATEWAY_DIR || '/tmp/taskflow-gateway',
    rateLimitScale: number('RATE_LIMIT_SCALE', 1, 0.001),
    workers: number('WORKERS', 2, 1),
    workerUser: env.WORKER_USER || undefined,
    trustedProxies: words(env.TRUSTED_PROXY ?? ''),
    accessLog: env.ACCESS_LOG || undefined,
    logLevel: NGINX_LEVELS[env.LOG_LEVEL || 'info'] ?? 'warn',
  }
  const wrong = findWrongAddresses(config.trustedProxies)
  if (wrong.length > 0) faults.push(`TRUSTED_PROXY must name addresses like 172.16.0.0/12, not ${wrong.join(', ')}`)
  if (faults.length > 0) throw new Error(`The gateway cannot start:\n  ${faults.join('\n  ')}`)
  return config
}

/** For a main: a start that cannot succeed says why and ends. */
export function readGatewayConfig(env: NodeJS.ProcessEnv): GatewayConfig {
  try {
    return gatewayConfig(env)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}
