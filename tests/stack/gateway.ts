import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { findOnPath } from '@taskflow/tools/redis.ts'
import { nginxArguments, renderNginxConf } from '../../gateway/render.ts'
import { createService, type Service } from './spawning.ts'

interface Behind {
  port: number
  apiNodes: string[]
  realtimeNodes: string[]
}

export interface Gateway {
  service: Service
  /** As after a change of its configuration: nobody is to notice. */
  reload(): Promise<void>
  close(): Promise<void>
}

/** What stands for the web application, which is not started here. */
const NOWHERE = '127.0.0.1:9'

export const createGateway = (behind: Behind): Gateway => {
  const nginx = findOnPath('nginx')
  return nginx ? createNginx(nginx, behind) : createProxy(behind)
}

function createNginx(nginx: string, { port, ...nodes }: Behind): Gateway {
  const directory = mkdtempSync(join(tmpdir(), 'taskflow-gateway-'))
  const file = join(directory, 'nginx.conf')
  const settings = { ...nodes, webNodes: [NOWHERE], host: '127.0.0.1', port, directory, rateLimitScale: 1000 }
  writeFileSync(file, renderNginxConf(settings))
  const args = nginxArguments(directory, file)
  const readyUrl = healthOf(port)
  const service = createService({ name: 'nginx', command: nginx, args, env: {}, readyUrl, endBy: 'SIGTERM' })
  return {
    service,
    reload: async () => service.signal('SIGHUP'),
    async close() {
      await service.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function createProxy({ port, apiNodes, realtimeNodes }: Behind): Gateway {
  const env = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(port),
    API_NODES: apiNodes.join(','),
    REALTIME_NODES: realtimeNodes.join(','),
    WEB_NODES: NOWHERE,
  }
  const args = [resolve(import.meta.dirname, '../../gateway/proxy.ts')]
  const service = createService({ name: 'gateway', command: process.execPath, args, env, readyUrl: healthOf(port) })
  return {
    service,
    async reload() {
      await service.stop()
      service.start()
      await service.ready()
    },
    close: () => service.stop(),
  }
}

const healthOf = (port: number) => `http://127.0.0.1:${port}/gateway/health`
