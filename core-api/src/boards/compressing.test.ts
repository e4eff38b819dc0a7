import { assert, suite } from '@taskflow/tools/suite.ts'
import { gunzipSync } from 'node:zlib'
import { compress, worthCompressing } from './compressing.ts'

const test = suite('compressing a snapshot')
const own = Buffer.from('{"stream":{"seq":1},')
const long = Buffer.from(`"tasks":[${Array.from({ length: 60_000 }, (_, i) => `"task ${i}"`).join()}]}`)

test('is one gzip of both parts, however long, and again for another reader', async () => {
  for (const mine of [own, Buffer.from('{"stream":{"seq":2},')]) {
    const text = gunzipSync(await compress({ own: mine, shared: long })).toString()
    assert.equal(text, `${mine}${long}`)
  }
})

test('is done for those who take gzip, when there is something to gain', () => {
  const takes = (header: string | undefined) => worthCompressing({ own, shared: long }, header)
  assert.deepEqual(['gzip', 'br, gzip;q=0.5', 'gzip;q=0', 'br', undefined].map(takes), [
    true,
    true,
    false,
    false,
    false,
  ])
  assert.equal(worthCompressing({ own, shared: Buffer.from('"tasks":[]}') }, 'gzip'), false)
})

test.run()
