import { assert, suite } from '@taskflow/tools/suite.ts'
import { Hono } from 'hono'
import type { AppEnv } from './app-env.ts'
import { readJson } from './read-json.ts'

const test = suite('a body that dawdles')

const readWithin = async (withinMs: number, init: RequestInit) => {
  let problem: unknown
  const app = new Hono<AppEnv>().post('/', async (c) => {
    await readJson(c, withinMs)
    return c.json(await c.req.json())
  })
  app.onError((error, c) => {
    problem = error
    return c.body(null, 500)
  })
  const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
  const answer = await app.request('/', { method: 'POST', headers, duplex: 'half', ...init } as RequestInit)
  return { problem, answer }
}

async function* dawdling() {
  yield new TextEncoder().encode('{"a":')
  await new Promise((done) => setTimeout(done, 60))
  yield new TextEncoder().encode('1}')
}

test('is not waited for', async () => {
  const { problem } = await readWithin(20, { body: ReadableStream.from(dawdling()) })
  assert.deepEqual(
    [(problem as { status: number }).status, (problem as { code: string }).code],
    [408, 'request.too_slow'],
  )
})

test('is taken when it comes in time', async () => {
  const { answer } = await readWithin(5_000, { body: ReadableStream.from(dawdling()) })
  assert.deepEqual(await answer.json(), { a: 1 })
})

test.run()
