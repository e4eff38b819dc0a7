import { assert, suite } from '@taskflow/tools/suite.ts'
import { PictureFault, removeAvatar, sendAvatar, squareIn, toAvatar } from './picture.ts'

const test = suite('the picture that is made of a file')

test('is its middle, at most 256 pixels a side, and never blown up', () => {
  assert.deepEqual(squareIn({ width: 4000, height: 3000 }), { x: 500, y: 0, from: 3000, to: 256 })
  assert.deepEqual(squareIn({ width: 301, height: 900 }), { x: 0, y: 299, from: 301, to: 256 })
  assert.deepEqual(squareIn({ width: 64, height: 64 }), { x: 0, y: 0, from: 64, to: 64 })
})

const faultOf = async (act: Promise<unknown>) => {
  const error = await act.then(
    () => assert.fail('It was taken'),
    (error: unknown) => error,
  )
  return error instanceof PictureFault ? error.fault : assert.fail(String(error))
}

test('is not made of a file that is far too large', async () => {
  assert.equal(await faultOf(toAvatar({ size: 26 * 1024 * 1024 } as Blob)), 'too large')
})

test('that was not taken says why', async () => {
  const answering = (status: number) => async () => Response.json({ code: 'avatars.no_picture' }, { status })
  const picture = new Blob(['x'], { type: 'image/webp' })
  const away = () => Promise.reject(new TypeError('fetch failed'))
  for (const send of [(fetch: typeof globalThis.fetch) => sendAvatar(fetch, picture), removeAvatar]) {
    assert.equal(await faultOf(send(answering(415))), 'refused')
    assert.equal(await faultOf(send(answering(413))), 'too large')
    assert.equal(await faultOf(send(answering(503))), 'unreachable')
    assert.equal(await faultOf(send(away)), 'unreachable')
  }
})

test.run()
