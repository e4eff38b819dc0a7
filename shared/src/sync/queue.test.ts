import { assert, suite } from '@taskflow/tools/suite.ts'
import type { Problem } from '../dto/problem.ts'
import type { Edges } from './edges.ts'
import { memoryStorage } from './memory-storage.ts'
import { Queue, type QueueHost } from './queue.ts'
import { FakeClock } from './testing/fake-clock.ts'
import { createScene } from './testing/scene.ts'
import type { Write } from './write.ts'

const test = suite('queue')

const answer = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

/** A queue whose calls are answered by hand. */
function createQueue(given: Partial<QueueHost> = {}) {
  const clock = new FakeClock()
  const calls: { path: string; key: string; answer(response: Response): void }[] = []
  const refusals: { write: Write; problem: Problem }[] = []
  const fetch: Edges['fetch'] = (path, init) =>
    new Promise((resolve) => {
      const key = (init!.headers as Record<string, string>)['idempotency-key']!
      calls.push({ path, key, answer: resolve })
    })
  let signedOut = 0
  const queue = new Queue({
    clock,
    fetch,
    storage: memoryStorage(),
    changed() {},
    answered() {},
    refused: (refusal) => refusals.push(refusal),
    signedOut: () => signedOut++,
    ...given,
  })
  const add = (key: string, streams = ['b:1']) =>
    queue.add({
      key,
      method: 'PATCH',
      path: `/${key}`,
      body: { title: 'typed' },
      streams,
      acts: [{ name: 'a', args: key }],
    })
  return { clock, calls, refusals, queue, add, signedOut: () => signedOut, fetch }
}

test('writes of one board go one after another, of two boards side by side', async () => {
  const { queue, add, calls, clock } = createQueue()
  await queue.load()
  for (const [key, stream] of [
    ['1', 'b:1'],
    ['2', 'b:1'],
    ['3', 'b:2'],
  ] as const)
    void add(key, [stream])
  await clock.pass(0)
  assert.deepEqual(
    calls.map(({ path }) => path),
    ['/1', '/3'],
  )
  calls[0]!.answer(answer(200))
  await clock.pass(0)
  assert.deepEqual(
    calls.map(({ path }) => path),
    ['/1', '/3', '/2'],
  )
})

test('an entry is shown until the facts have its position, and not a moment longer', async () => {
  const { queue, add, calls, clock } = createQueue()
  await queue.load()
  const outcome = add('1')
  await clock.pass(0)
  calls[0]!.answer(answer(200, { id: 'x' }, { 'stream-position': 'b:1=7, u:2=3' }))
  assert.deepEqual(await outcome, { kind: 'done', body: { id: 'x' }, positions: { 'b:1': 7, 'u:2': 3 } })
  assert.equal(queue.pending(), 0)
  assert.equal(queue.actsOver('b:1', 6).length, 1)
  assert.equal(queue.actsOver('b:1', 7).length, 0)
})

test('a write that changed nothing is not shown after its answer', async () => {
  const { queue, add, calls, clock } = createQueue()
  await queue.load()
  void add('1')
  await clock.pass(0)
  calls[0]!.answer(answer(200))
  await clock.pass(0)
  assert.deepEqual(queue.actsOver('b:1', 1), [])
})

test('the fact of a write ends its overlay even before the answer', async () => {
  const { queue, add } = createQueue()
  await queue.load()
  void add('1')
  queue.learn([{ stream: 'b:1', seq: 4, mutation: '1' } as never])
  assert.equal(queue.actsOver('b:1', 3).length, 1)
  assert.equal(queue.actsOver('b:1', 4).length, 0)
  assert.equal(queue.pending(), 1)
})

test('when history is rewritten, answers of before are not waited for, and what has none is sent on', async () => {
  const { queue, add, calls, clock } = createQueue()
  await queue.load()
  void add('1')
  void add('2')
  await clock.pass(0)
  calls[0]!.answer(answer(200, {}, { 'stream-position': 'b:1=70' }))
  await clock.pass(0)
  queue.learn([{ stream: 'b:1', seq: 71, mutation: '2' } as never])
  queue.forget('b:1')
  assert.deepEqual(queue.actsOver('b:1', 5), [{ name: 'a', args: '2' }])
  assert.deepEqual([queue.actsOver('b:1', 80).length, queue.pending()], [1, 1])
})

test('a refusal takes the overlay away, says why, keeps what was typed, and lets the next go', async () => {
  const { queue, add, calls, refusals, clock } = createQueue()
  await queue.load()
  const outcome = add('1')
  void add('2')
  await clock.pass(0)
  calls[0]!.answer(answer(409, { code: 'tasks.conflict', detail: 'Somebody else was faster', current: 'theirs' }))
  assert.equal((await outcome).kind, 'refused')
  const [{ write, problem }] = refusals as [(typeof refusals)[number]]
  assert.deepEqual([problem.code, problem.status, write.body], ['tasks.conflict', 409, { title: 'typed' }])
  assert.equal((problem as { current?: string }).current, 'theirs')
  assert.deepEqual(queue.actsOver('b:1', 0), [{ name: 'a', args: '2' }])
  assert.equal(calls[1]!.path, '/2')
})

test('no answer, a full house and a write in progress are tried again with the same key', async () => {
  const { queue, add, calls, clock } = createQueue()
  await queue.load()
  void add('1')
  const failures = [502, 503, 504, 429].map((status) => answer(status))
  failures.push(answer(409, { code: 'idempotency.in_progress' }))
  failures.push(new Response('<html>', { status: 200, headers: { 'content-type': 'text/html' } }))
  for (const failure of failures) {
    await clock.pass(5_000)
    calls.at(-1)!.answer(failure)
  }
  await clock.pass(5_000)
  assert.deepEqual(
    calls.map(({ key }) => key),
    Array.from({ length: 7 }, () => '1'),
  )
  assert.equal(queue.pending(), 1)
})

test('a call that hangs is given up and made again', async () => {
  const { queue, add, clock } = createQueue({
    fetch: (_path, init) =>
      new Promise((_, reject) => init!.signal!.addEventListener('abort', () => reject(new Error('aborted')))),
  })
  await queue.load()
  let isDone = false
  void add('1').then(() => (isDone = true))
  await clock.pass(40_000)
  assert.equal(isDone, false)
  assert.equal(queue.pending(), 1)
})

test('the time that the server names is waited for, whoever wakes', async () => {
  const { queue, add, calls, clock } = createQueue()
  await queue.load()
  void add('1')
  await clock.pass(0)
  calls[0]!.answer(answer(429, {}, { 'retry-after': '20' }))
  await clock.pass(10_000)
  queue.wake()
  await clock.pass(9_000)
  assert.equal(calls.length, 1)
  await clock.pass(2_000)
  assert.equal(calls.length, 2)
})

test('without a session it asks for one, once, and waits', async () => {
  const { queue, add, calls, signedOut, clock } = createQueue()
  await queue.load()
  void add('1')
  await clock.pass(0)
  calls[0]!.answer(answer(401))
  await clock.pass(600_000)
  assert.deepEqual([calls.length, signedOut(), queue.pending()], [1, 1, 1])
  queue.wake()
  await clock.pass(0)
  assert.equal(calls.length, 2)
})

test('what was left is sent first, in its order, with its keys', async () => {
  const kept = new Map<string, Write>()
  const first = createQueue({ storage: memoryStorage(kept) })
  for (const key of ['2', '1', '3']) void first.add(key)
  const { queue, add, calls, clock } = createQueue({ storage: memoryStorage(kept) })
  void add('4')
  await queue.load()
  for (let sent = 0; sent < 4; sent++) {
    await clock.pass(0)
    calls[sent]!.answer(answer(200))
  }
  await clock.pass(0)
  assert.deepEqual(
    calls.map(({ key }) => key),
    ['2', '1', '3', '4'],
  )
  assert.equal(kept.size, 0)
})

test('two tabs never send the same write at once, and the second leaves what the first has sent', async () => {
  const kept = new Map<string, Write>()
  let tail: Promise<unknown> = Promise.resolve()
  const lock: Edges['lock'] = (_name, run) => {
    const turn = tail.then(run)
    tail = turn
    return turn
  }
  const one = createQueue({ storage: memoryStorage(kept), lock })
  void one.add('1')
  const two = createQueue({ storage: memoryStorage(kept), lock })
  await Promise.all([one.queue.load(), two.queue.load()])
  await one.clock.pass(0)
  assert.deepEqual([one.calls.length, two.calls.length], [1, 0])
  one.calls[0]!.answer(answer(200))
  await one.clock.pass(0)
  assert.deepEqual([two.calls.length, two.queue.pending()], [0, 0])
})

test('a storage that fails does not stop the work', async () => {
  const fail = () => Promise.reject(new Error('full'))
  const { queue, add, calls, clock } = createQueue({ storage: { load: fail, save: fail, remove: fail } })
  await queue.load()
  void add('1')
  await clock.pass(0)
  calls[0]!.answer(answer(200))
  await clock.pass(0)
  assert.equal(queue.pending(), 0)
})

test('work done offline is there at once, counted, and drains in order on return, also after a reload', async () => {
  const { ada, bob, clock, node, titles, add, close } = await createScene()
  ada.weather.isOffline = true
  node.cut(ada.session)
  for (const title of ['a', 'b', 'c']) void add(ada, title)
  assert.deepEqual(titles(ada), ['a', 'b', 'c'])
  await clock.pass(60_000)
  assert.equal(ada.boards[0]!.pending, 3)
  ada.load()
  ada.weather.isOffline = false
  await clock.pass(8_000)
  assert.deepEqual([ada.sync.pending, titles(ada), titles(bob)], [0, ['a', 'b', 'c'], ['a', 'b', 'c']])
  close()
})

test.run()
