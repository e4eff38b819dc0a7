import { assert, suite } from '@taskflow/tools/suite.ts'
import { ApiError, createApi } from './api.ts'

const test = suite('the fetch wrapper')

const answering = (body: unknown, init: ResponseInit) => async () => Response.json(body, init)

async function refusal(fetch: typeof globalThis.fetch): Promise<ApiError> {
  const error = await createApi(fetch)
    .post('/api/things', {})
    .catch((cause: unknown) => cause)
  assert.ok(error instanceof ApiError)
  return error
}

test('a problem becomes an error with its code, its fields and its request id', async () => {
  const errors = [{ path: 'title', message: 'is too long' }]
  const error = await refusal(
    answering({ code: 'tasks.invalid', detail: 'Not valid', errors, requestId: 'r1' }, { status: 422 }),
  )
  assert.equal(error.code, 'tasks.invalid')
  assert.equal(error.message, 'Not valid')
  assert.deepEqual(error.fields, { title: 'is too long' })
  assert.equal(error.requestId, 'r1')
})

test('an answer that is no JSON still has a code', async () => {
  const error = await refusal(async () => new Response('<h1>Bad gateway</h1>', { status: 502 }))
  assert.equal(error.code, 'http.502')
  assert.ok(error.isUnreachable)
})

test('a limit says how long to wait', async () => {
  const error = await refusal(answering({ code: 'limited' }, { status: 429, headers: { 'retry-after': '30' } }))
  assert.equal(error.retryAfterSeconds, 30)
})

test('a dead server is told apart from a refusal', async () => {
  const error = await refusal(async () => Promise.reject(new TypeError('fetch failed')))
  assert.ok(error.isUnreachable)
  assert.equal(error.code, 'unreachable')
})

test('a page that a network puts in place of the answer is no answer', async () => {
  const page = new Response('<h1>Welcome to our hotel</h1>', { headers: { 'content-type': 'text/html' } })
  assert.ok((await refusal(async () => page)).isUnreachable)
})

test('an aborted call stays an abort', async () => {
  const aborted = new DOMException('stopped', 'AbortError')
  const error = await createApi(async () => Promise.reject(aborted))
    .get('/api/things')
    .catch((cause: unknown) => cause)
  assert.equal(error, aborted)
})

test('an empty answer is undefined', async () => {
  assert.equal(await createApi(async () => new Response(null, { status: 204 })).delete('/api/things/1'), undefined)
})

test.run()
