import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'

const test = suite('health')
let app: TestApp

test.before(async () => {
  app = await createTestApp()
})
test.after(() => app?.close())

type Readiness = { ready: boolean; checks: Record<string, string> }
const ready = async () => {
  const answer = await fetch(`${app.url}/api/ready`)
  return { status: answer.status, ...((await answer.json()) as Readiness) }
}
const until = async (condition: () => Promise<boolean>) => {
  for (let i = 0; i < 1000 && !(await condition()); i++) await new Promise((resolve) => setTimeout(resolve, 50))
}

test('names Postgres, Redis and the migrations when all is well', async () => {
  await until(async () => (await ready()).ready)
  assert.deepEqual(await ready(), {
    status: 200,
    ready: true,
    checks: { postgres: 'ok', redis: 'ok', migrations: 'ok' },
  })
})

test('metrics count requests by route, not by address', async () => {
  const text = await (await fetch(`${app.url}/metrics`)).text()
  assert.match(text, /http_request_duration_seconds_count\{method="GET",route="\/api\/ready",status="200"\}/)
})

test('without Redis it is not ready and says why, while people still work', async () => {
  const ada = await app.signUp('Ada')
  await app.redis.close()
  await until(async () => !(await ready()).ready)
  const state = await ready()
  assert.equal(state.status, 503)
  assert.equal(state.checks.redis, 'not reachable')
  assert.equal(state.checks.postgres, 'ok')
  assert.equal((await fetch(`${app.url}/api/health`)).status, 200)
  assert.equal((await ada.fetch('/api/no-such-thing')).status, 404)
  assert.equal((await app.signUp('Grace')).name, 'Grace')
})

test('without Postgres people are told to come back soon', async () => {
  const ada = await app.signUp('Ada')
  await app.database.close()
  const answer = await ada.fetch('/api/no-such-thing')
  if (answer.status !== 503) await new Promise((resolve) => setTimeout(resolve, 1_600))
  const later = await ada.fetch('/api/no-such-thing')
  assert.equal(later.status, 503)
  assert.ok(Number(later.headers.get('retry-after')) > 0)
  assert.equal(((await later.json()) as { code: string }).code, 'unavailable')
  assert.equal((await ready()).checks.postgres, 'not reachable')
})

test('a process that stops says so before it closes', async () => {
  app.stopping.abort()
  assert.equal((await ready()).checks.process, 'stopping')
})

test.run()
