import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Metrics } from './metrics.ts'

export type Checks = Record<string, () => boolean>

/** Beside the socket, for whoever runs the service: never routed by the gateway. */
export function createHealth(metrics: Metrics, checks: Checks) {
  const app = new Hono()
    .get('/health', (c) => c.json({ ok: true }))
    .get('/ready', (c) => {
      const results = Object.entries(checks).map(([name, check]) => [name, check()] as const)
      const ready = results.every(([, ok]) => ok)
      const named = Object.fromEntries(results.map(([name, ok]) => [name, ok ? 'ok' : 'failing']))
      return c.json({ ready, checks: named }, ready ? 200 : 503)
    })
    .get('/metrics', async (c) => c.text(await metrics.registry.metrics()))
  return getRequestListener(app.fetch, { overrideGlobalObjects: false })
}
