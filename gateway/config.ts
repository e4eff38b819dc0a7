import type { NginxSettings } from './render.ts'

export type GatewayConfig = Required<Omit<NginxSettings, 'workerUser' | 'accessLog'>> &
  Pick<NginxSettings, 'workerUser' | 'accessLog'>

export function gatewayConfig(env: NodeJS.ProcessEnv): GatewayConfig {
  const faults: string[] = []
  const number = (name: string, fallback: number, least: number) => {
    const value = env[name] ? Number(env[name]) : fallback
    if (!(value >= least)) faults.push(`${name} must be a number of at least ${least}`)
    return value
  }
  const nodes = (name: string, url: string, fallback: string) => {
    const list = words(env[name] ?? env[url] ?? fallback).map((one) => one.replace(/^http:\/\//, '').replace(/\/$/, ''))
    for (const node of list)
      if (!/^(\[[0-9a-f:]+\]|[\w.-]+):\d+$/i.test(node)) faults.push(`${name}: not host:port: ${node}`)
    if (list.length === 0) faults.push(`${name} names no node`)
    return list
  }
  const config: GatewayConfig = {
    host: env.HOST || '127.0.0.1',
    port: number('PORT', 8080, 0),
    apiNodes: nodes('API_NODES', 'API_URL', '127.0.0.1:3001'),
    realtimeNodes: nodes('REALTIME_NODES', 'REALTIME_URL', '127.0.0.1:3002'),
    webNodes: nodes('WEB_NODES', 'WEB_URL', '127.0.0.1:3000'),
    directory: env.GATEWAY_DIR || '/tmp/taskflow-gateway',
    rateLimitScale: number('RATE_LIMIT_SCALE', 1, 0.001),
    workers: number('WORKERS', 2, 1),
    workerUser: env.WORKER_USER || undefined,
    trustedProxies: words(env.TRUSTED_PROXY ?? ''),
    accessLog: env.ACCESS_LOG || undefined,
    logLevel: nginxLevel(env.LOG_LEVEL),
  }
  if (faults.length > 0) throw new Error(`The gateway cannot start:\n  ${faults.join('\n  ')}`)
  return config
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}

function nginxLevel(level = 'info'): string {
  const levels: Record<string, string> = { trace: 'info', debug: 'info', info: 'warn', warn: 'warn', error: 'error' }
  return levels[level] ?? (level === 'fatal' || level === 'silent' ? 'crit' : 'warn')
}
