import { randomBytes } from 'node:crypto'
import { Agent, createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import { answerProblem, answerUnreadable } from './answering.ts'
import { readGatewayConfig } from './config.ts'
import { callerOf, forwardedHeaders, securityHeaders } from './headers.ts'
import { nodeAddress } from './nodes.ts'
import { pass } from './passing.ts'
import { routeFor } from './routes.ts'
import type { Upstream } from './routes.ts'
import { trustedAddresses } from './trusted-proxies.ts'
import { passUpgrade } from './upgrading.ts'

export interface ProxySettings {
  apiNodes: string[]
  realtimeNodes: string[]
  webNodes: string[]
  trustedProxies?: string[]
}

/** The gateway for machines without nginx: the same routes, body limits and headers, but no rate limits of its own. */
export function createProxy(settings: ProxySettings): Server {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 })
  const trusted = trustedAddresses(settings.trustedProxies ?? [])
  const nodesFor = takingTurns(settings)
  const server = createServer({
    headersTimeout: 15_000,
    requestTimeout: 120_000,
    keepAliveTimeout: 65_000,
    shouldUpgradeCallback: mayUpgrade,
  })
  server.on('request', (request, response) => {
    const caller = callerOf(request, trusted)
    const requestId = newRequestId()
    const refuse = (status: number) => answerProblem({ request, response, caller, requestId, status })
    if (request.url === '/gateway/health') {
      return void response.writeHead(200, { ...securityHeaders(caller), 'content-type': 'text/plain' }).end('ok\n')
    }
    const route = routeFor(request.url!, request.method)
    if (route === undefined) return refuse(400)
    if (route === null) return refuse(404)
    if (Number(request.headers['content-length'] ?? 0) > route.limit) return refuse(413)
    pass({ request, response, route, caller, requestId, nodes: nodesFor(route.upstream), agent, refuse })
  })
  server.on('upgrade', (request, socket, head) => {
    const { upstream } = routeFor(request.url!)!
    const headers = forwardedHeaders(request.headers, callerOf(request, trusted), newRequestId())
    // Only the socket service keeps a heartbeat; the other upgrade is a development server's.
    const idleMs = upstream === 'realtime' ? 75_000 : 0
    passUpgrade({ request, socket, head, headers, nodes: nodesFor(upstream), idleMs })
  })
  server.on('clientError', answerUnreadable)
  server.on('close', () => agent.destroy())
  return server
}

function mayUpgrade(request: IncomingMessage): boolean {
  const upstream = routeFor(request.url!)?.upstream
  return request.headers.upgrade?.toLowerCase() === 'websocket' && (upstream === 'realtime' || upstream === 'web')
}

function newRequestId(): string {
  return randomBytes(16).toString('hex')
}

function takingTurns(settings: ProxySettings) {
  const nodes: Record<Upstream, string[]> = {
    api: settings.apiNodes.map(nodeAddress),
    realtime: settings.realtimeNodes.map(nodeAddress),
    web: settings.webNodes.map(nodeAddress),
  }
  let turn = 0
  return (upstream: Upstream) => {
    const all = nodes[upstream]
    const first = turn++ % all.length
    return [...all.slice(first), ...all.slice(0, first)]
  }
}

if (import.meta.main) {
  const config = readGatewayConfig(process.env)
  const server = createProxy(config)
  const stop = () => {
    server.close(() => process.exit(0))
    setTimeout(() => process.exit(0), 2000).unref()
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  server.once('error', (error: NodeJS.ErrnoException) => {
    console.error(error.code === 'EADDRINUSE' ? `Port ${config.port} is already in use` : `Gateway: ${error.message}`)
    process.exit(1)
  })
  server.listen(config.port, config.host)
}
