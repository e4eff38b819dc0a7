import { readFileSync } from 'node:fs'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Config } from '../config.ts'
import { sessionCookieName } from '../identity/cookies.ts'
import type { AppEnv } from './app-env.ts'
import { describeAll, type Document } from './describing.ts'

const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export function addOpenApi(app: OpenAPIHono<AppEnv>, config: Config): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookieName(config.publicUrl),
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
  })
  let document: unknown
  app.get('/api/openapi.json', (c) => {
    document ??= describeAll(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: 'Taskflow', version: '1', description: 'Errors are RFC 9457 problems with a stable `code`.' },
        servers: [{ url: config.publicUrl }],
        security: [{ session: [] }, { token: [] }],
      }) as Document,
    )
    return c.json(document as object)
  })
  const asset = (name: string) => readFileSync(new URL(`reference/${name}`, import.meta.url), 'utf8')
  const page = asset('page.html')
  app.get('/api/docs', (c) => {
    c.header('Content-Security-Policy', PAGE_POLICY)
    return c.html(page)
  })
  for (const [name, type] of [
    ['reference.js', 'text/javascript'],
    ['reference.css', 'text/css'],
  ] as const) {
    const text = asset(name)
    app.get(`/api/docs/${name}`, (c) => c.body(text, 200, { 'Content-Type': `${type}; charset=utf-8` }))
  }
}
