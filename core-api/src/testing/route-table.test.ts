import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from './app.ts'
import { addMember } from './boards.ts'
import type { Person } from './person.ts'
import { type Call, ROLES, type Role, type Row, rows } from './route-table.ts'
import { createWorld, type World } from './world.ts'

const test = suite('the table of routes')
const table = rows()
let app: TestApp
let world: World
let other: World
let lonely: Person

test.before(async () => {
  app = await createTestApp()
  world = await createWorld(app)
  other = await createWorld(app)
  lonely = await app.signUp('Lone')
  await addMember(app, world.workspaceId, lonely, 'guest')
})
test.after(() => app?.close())

/** Those that belong to nobody's data, held by tests of their own. */
const APART = /^\S+ (\/api\/(auth|docs)\b|\/api\/(health|ready|openapi\.json)$|\/metrics$|\/internal\/)/

test('has a row for every route, and no row without one', () => {
  const existing = app.app.routes
    .filter(({ path }) => path !== '/*' && !/^\/(api|internal)\/\*$/.test(path))
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => !APART.test(route))
  assert.deepEqual([...new Set(existing)].sort(), table.map(({ route }) => route).sort())
})

test('lets strangers have nothing by its id', () => {
  const takesIds = table.filter(({ route, open }) => route.includes(':') && !open)
  for (const { route, expected } of takesIds) assert.deepEqual([expected[0], expected[1]], [401, 404], route)
})

for (const { route, expected, call } of table) {
  test(`is right about ${route}`, async () => {
    const statuses: number[] = []
    for (const role of ROLES) {
      const caller = callerOf(role)
      const answer = await answerTo(route, await call(world, caller), caller)
      await answer.arrayBuffer()
      statuses.push(answer.status)
      if (answer.ok && caller && !SAYS_NO_POSITION.test(route)) {
        assert.match(answer.headers.get('stream-position') ?? '', POSITIONS, `${route} as ${role}`)
      }
    }
    assert.deepEqual(statuses, expected)
  })
}

for (const row of table.filter(({ route, open }) => route.includes(':') && !open)) {
  test(`gives nothing foreign away by ${row.route}, wherever the foreign id stands`, () => refusesForeignIds(row))
}

for (const { route, call } of table) {
  test(`takes no field at ${route} that it does not know`, async () => {
    const { body, ...rest } = await call(world, world.owner)
    if (typeof body !== 'object') return
    for (const [field, value] of Object.entries(NOT_FOR_CLIENTS)) {
      const answer = await answerTo(route, { ...rest, body: { ...body, [field]: value } }, world.owner)
      const problem = (await answer.json()) as { code: string; errors?: { path: string }[] }
      assert.deepEqual([answer.status, problem.errors?.map(({ path }) => path)], [400, [field]], field)
    }
  })
}

const POSITIONS = /^[bwu]:[\da-f-]{36}=\d+(, [bwu]:[\da-f-]{36}=\d+)*$/
/** Reads, and what is done in nobody's name. */
const SAYS_NO_POSITION = /^(GET |POST \/api\/(unsubscribe\/|recurrence\/preview$))/

const NOT_FOR_CLIENTS = {
  workspaceId: crypto.randomUUID(),
  ownerId: crypto.randomUUID(),
  createdBy: crypto.randomUUID(),
  createdAt: '2020-01-01T00:00:00.000Z',
  number: 1,
  commentCount: 99,
  isAdmin: true,
}

test('gives a guest without a board no more than a stranger', async () => {
  for (const { route, call } of table.filter(({ route, open }) => route.includes(':') && !open && !LISTS.has(route))) {
    const status = await statusOf(route, await call(world, lonely), lonely)
    assert.ok(status === 404 || status === 403, `${route} → ${status}`)
  }
})

/** These answer a guest with what they see: without a board, nothing. */
const LISTS = new Set([
  'GET /api/workspaces/:id/boards',
  'GET /api/workspaces/:id/search',
  'GET /api/workspaces/:id/activity',
  'PUT /api/workspaces/:id/muted',
  'DELETE /api/workspaces/:id/muted',
])

/** The owner of one world calls with their own ids, each time with one of them from the other world. */
async function refusesForeignIds({ route, call }: Row): Promise<void> {
  const places = placesOf(await call(other, other.owner))
  for (const place of places) {
    const [own, foreign] = [await call(other, other.owner), await call(world, world.owner)]
    const mixed = withForeign(own, foreign, place)
    if (!mixed) continue
    const answer = await answerTo(route, mixed, other.owner)
    const text = await answer.text()
    assert.ok(
      isRefused(route, answer.status, text) || changesNothing(route, place, text, mixed),
      `${place.join('.')} → ${answer.status} ${text}`,
    )
  }
}

/** Taking away what is not there is no error, and tells nothing. */
const changesNothing = (route: string, [part, name]: Place, text: string, { params }: Call) =>
  route.startsWith('DELETE ') && part === 'params' && name !== 'id' && !text.includes(params![name]!)

/** A bulk change says for each task what became of it. */
function isRefused(route: string, status: number, text: string): boolean {
  if ([400, 404, 422].includes(status)) return true
  if (route.endsWith('/bulk')) return (JSON.parse(text) as { ok: boolean }[]).every(({ ok }) => !ok)
  return false
}

type Place = ['params' | 'body', string]

const placesOf = ({ params = {}, body }: Call): Place[] => [
  ...Object.keys(params).map((name): Place => ['params', name]),
  ...(typeof body === 'object' ? Object.keys(body as object).map((name): Place => ['body', name]) : []),
]

/** A neighbour that is not there is no error: the nearest place is used. */
const NEIGHBOURS = new Set(['before', 'after'])
const IDS = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/

function withForeign(own: Call, foreign: Call, [part, name]: Place): Call | null {
  const theirs = (foreign[part] as Record<string, unknown>)[name]
  if (NEIGHBOURS.has(name) || !IDS.test(JSON.stringify(theirs))) return null
  return { ...own, [part]: { ...(own[part] as object), [name]: theirs } }
}

const callerOf = (role: Role): Person | null => (role === 'anonymous' ? null : world[role])

const statusOf = async (route: string, call: Call, caller: Person | null) => {
  const answer = await answerTo(route, call, caller)
  await answer.arrayBuffer()
  return answer.status
}

function answerTo(route: string, { params = {}, query, headers, body }: Call, caller: Person | null) {
  const [method, pattern] = route.split(' ') as [string, string]
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => params[name] ?? assert.fail(`${route} needs ${name}`))
  const address = query ? `${path}?${query}` : path
  const init = { method, headers, body }
  return caller ? caller.fetch(address, init) : anonymously(app.url + address, init)
}

function anonymously(address: string, { method, headers, body }: { method: string } & Call) {
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
  return fetch(address, { method, headers: { 'content-type': 'application/json', ...headers }, ...sent })
}

test.run()
