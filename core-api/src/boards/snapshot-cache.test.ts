import { assert, suite } from '@taskflow/tools/suite.ts'
import { createSnapshotCache } from './snapshot-cache.ts'

const test = suite('the boards that a process remembers')
const KB = 1024

/** A cache whose builds are counted. */
function counted(limitBytes?: number) {
  const cache = createSnapshotCache(limitBytes)
  let builds = 0
  const read = (board: string, etag: string, bytes = KB) =>
    cache.get(board, etag, async () => {
      builds++
      return Buffer.alloc(bytes, `${board}${etag}`)
    })
  return { cache, read, builds: () => builds }
}

test('are built once per position, also for those who come while it is being built', async () => {
  const { read, builds } = counted()
  const [first, second] = await Promise.all([read('a', '1'), read('a', '1')])
  assert.equal(first, second)
  assert.equal(await read('a', '1'), first)
  assert.equal(builds(), 1)
  assert.notDeepEqual(await read('a', '2'), first)
  assert.equal(builds(), 2)
})

test('never take more room than they may, and go in the order of their last use', async () => {
  const { read, builds } = counted(3 * KB)
  for (const board of ['a', 'b', 'c', 'a', 'd']) await read(board, '1')
  assert.equal(builds(), 4)
  for (const board of ['a', 'c', 'd']) await read(board, '1')
  assert.equal(builds(), 4)
  await read('b', '1')
  assert.equal(builds(), 5)
})

test('do not make room for one that is too big by itself', async () => {
  const { read, builds } = counted(3 * KB)
  await read('a', '1')
  await read('huge', '1', 4 * KB)
  await read('a', '1')
  assert.equal(builds(), 2)
  await read('huge', '1', 4 * KB)
  assert.equal(builds(), 3)
})

test('that could not be built are built by the next', async () => {
  const { cache, read } = counted()
  const failing = cache.get('a', '1', () => Promise.reject(new Error('The connection has gone')))
  const waiting = read('a', '1')
  await assert.rejects(failing)
  assert.equal((await waiting).length, KB)
  assert.equal((await read('a', '1')).length, KB)
})
