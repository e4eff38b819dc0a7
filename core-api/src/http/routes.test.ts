import { assert, suite } from '@taskflow/tools/suite.ts'
import { z } from 'zod'
import { createTestApp, type TestApp } from '../testing/app.ts'
import type { Document } from './describing.ts'
import { isPublic } from './public-routes.ts'

const test = suite('every route')
let app: TestApp

test.before(async () => {
  app = await createTestApp()
})
test.after(() => app?.close())

const OPEN = new Set([
  'GET /api/health',
  'GET /api/ready',
  'GET /api/openapi.json',
  'GET /api/docs',
  'GET /api/docs/reference.js',
  'GET /api/docs/reference.css',
  'GET /api/auth/providers',
  'GET /api/auth/jwks',
  'ALL /api/auth/*',
  'GET /api/invitations/:invitation',
  'GET /api/unsubscribe/:token',
  'POST /api/unsubscribe/:token',
  'GET /metrics',
])

const id = '01a1f766-47de-7dfe-baf5-cbbf8c820194'
const routes = () => {
  const all = app.app.routes.filter(({ path }) => path !== '/*' && !/^\/(api|internal)\/\*$/.test(path))
  return [...new Set(all.map(({ method, path }) => `${method} ${path}`))]
}

test('answers 401 without a session, unless it is listed here', async () => {
  const closed = routes().filter((route) => !OPEN.has(route) && !route.includes(' /internal/'))
  assert.ok(closed.length > 0)
  for (const route of closed) {
    const [method, path] = route.split(' ') as [string, string]
    const address = app.url + path.replace(/\{[^}]*\}/g, '').replace(/:\w+/g, id)
    const answer = await fetch(address, { method: method === 'ALL' ? 'GET' : method })
    assert.equal(answer.status, 401, route)
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
  }
})

test('that is listed as open exists', () => {
  const existing = new Set(routes())
  assert.deepEqual(
    [...OPEN].filter((route) => !existing.has(route)),
    [],
  )
})

test('of better-auth that shows or changes an account asks for a session', async () => {
  const closed = ['GET list-sessions', 'POST revoke-sessions', 'POST revoke-other-sessions']
  for (const route of closed) {
    const [method, path] = route.split(' ') as [string, string]
    const sent = method === 'POST' ? { headers: { 'content-type': 'application/json' }, body: '{"name":"x"}' } : {}
    assert.equal((await fetch(`${app.url}/api/auth/${path}`, { method, ...sent })).status, 401, route)
  }
})

test('is described in the OpenAPI document, with its session', async () => {
  const document = (await (await app.app.request('/api/openapi.json')).json()) as {
    openapi: string
    paths: Record<string, Record<string, unknown>>
  }
  assert.match(document.openapi, /^3\.1/)
  const undescribed = routes()
    .filter((route) => route.includes(' /api/') && !route.includes('*') && !/\/(docs|openapi\.json)/.test(route))
    .filter((route) => {
      const [method, path] = route.split(' ') as [string, string]
      return !document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    })
  assert.deepEqual(undescribed, [])
  const { responses } = document.paths['/api/auth/sign-in/email']!.post as { responses: object }
  for (const status of ['200', '400', '401', '403', '429', '503']) assert.ok(status in responses, status)
})

test('shows an example of what it takes and answers, and each fits its schema', async () => {
  const text = (await (await app.app.request('/api/openapi.json')).text()).replaceAll(
    '#/components/schemas/',
    '#/$defs/',
  )
  const { paths = {}, components = {} } = JSON.parse(text) as Document
  const problems: string[] = []
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { requestBody = {}, responses }] of Object.entries(operations)) {
      const bodies = [['body', requestBody] as const, ...Object.entries(responses)]
      for (const [part, { content = {} }] of bodies) {
        const json = content['application/json']
        if (!json) continue
        const schema = z.fromJSONSchema({ ...json.schema, $defs: components.schemas } as never)
        const spelled = JSON.stringify(json.example)
        const result = schema.safeParse(JSON.parse(spelled ?? 'null'))
        if (spelled === undefined || !result.success)
          problems.push(`${method} ${path} ${part}: ${spelled} ${result.error}`)
      }
    }
  }
  assert.deepEqual(problems, [])
})

test('offers a repeat only of what changes something', async () => {
  const { paths = {} } = (await (await app.app.request('/api/openapi.json')).json()) as Document
  const isRepeatable = (path: string) =>
    (paths[path]!.post!.parameters ?? []).some(({ name }) => name === 'Idempotency-Key')
  assert.deepEqual(['/api/boards/{id}/tasks', '/api/recurrence/preview'].map(isRepeatable), [true, false])
})

test('takes nothing out of an address that is null, and says what must be in it', async () => {
  const { paths = {} } = (await (await app.app.request('/api/openapi.json')).json()) as Document
  const queries = Object.entries(paths).flatMap(([path, operations]) =>
    Object.values(operations).flatMap(({ parameters = [] }) =>
      parameters.filter((parameter) => parameter.in === 'query').map((parameter) => ({ path, ...parameter })),
    ),
  )
  const nullable = queries.filter(({ schema }) => Array.isArray(schema.type) && schema.type.includes('null'))
  assert.deepEqual(nullable, [])
  const ofEvents = queries.filter(({ path }) => path === '/api/streams/{id}/events')
  assert.deepEqual(
    ofEvents.map(({ name, required, schema }) => [name, required, schema.type]),
    [
      ['epoch', true, 'string'],
      ['after', true, 'integer'],
      ['limit', false, 'integer'],
      ['wait', false, 'number'],
    ],
  )
})

test('of the reference page loads nothing from elsewhere', async () => {
  const page = await fetch(`${app.url}/api/docs`)
  assert.match(page.headers.get('content-security-policy')!, /default-src 'none'.*script-src 'self'/)
  const parts = await Promise.all(
    ['', '/reference.js', '/reference.css'].map(async (part) => (await fetch(`${app.url}/api/docs${part}`)).text()),
  )
  for (const part of parts) assert.doesNotMatch(part, /https?:\/\//)
})

test('below a public prefix is public, and nothing beside it', () => {
  assert.ok(isPublic('/api/auth/sign-in/email'))
  assert.ok(isPublic('/api/invitations/token', 'GET'))
  for (const method of ['DELETE', 'POST', 'PATCH', 'HEAD']) assert.ok(!isPublic('/api/invitations/token', method))
  assert.ok(!isPublic('/api/invitations/token/accept', 'GET'))
  for (const path of ['/api/authx', '/api/healthy', '/api/auth', '/API/health', '/api//health'])
    assert.ok(!isPublic(path), path)
})

test.run()
