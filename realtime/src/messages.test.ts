import { boardStream } from '@taskflow/shared/names.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createWorld, type World } from './testing/world.ts'

const test = suite('what a socket may say')
let world: World

test.before(async () => {
  world = await createWorld()
  await world.startNode({}, 10)
})
test.after(() => world.close())

test('a message of the wrong shape is answered with the fields that are wrong', async () => {
  const ada = await world.connect('ada')
  for (const payload of [null, 'x', {}, [{}], [{ stream: 1 }], [[]], Array.from({ length: 201 }, () => ({}))]) {
    const answer = await ada.socket.emitWithAck('join', payload)
    assert.deepEqual([answer.ok, answer.code], [false, 'invalid'])
  }
  const { errors } = await ada.socket.emitWithAck('join', [{ stream: 'b:1', ticket: 'x', epoch: 'e', after: -1 }])
  assert.deepEqual(
    errors.map(({ path }: { path: string }) => path),
    ['0.after'],
  )
  assert.equal((await ada.socket.emitWithAck('leave', { stream: 'b:1' })).code, 'invalid')
  assert.equal((await ada.socket.emitWithAck('nonsense', 1)).code, 'unknown')
  assert.equal((await ada.socket.emitWithAck('constructor', 1)).code, 'unknown')
})

test('messages without an ack, with odd arguments or with too many are survived', async () => {
  const ada = await world.connect('ada')
  ada.socket.emit('join')
  ada.socket.emit('join', [], 1, 2, 3)
  ada.socket.emit('presence', null)
  ada.socket.emit('presence', { stream: '__proto__', state: {} })
  ada.socket.emit('leave', ['constructor'], 'no ack')
  assert.deepEqual(await ada.flush(), { ok: true })
})

test('a message that is too large ends the connection', async () => {
  const ada = await world.connect('ada')
  ada.socket.emit('join', 'x'.repeat(200_000))
  await ada.until(() => ada.heard.closed !== undefined)
})

test('one socket joins at most 200 streams', async () => {
  const ada = await world.connect('ada')
  const requestFor = async (stream: string) => ({
    stream,
    epoch: 'e1',
    after: 0,
    ticket: await world.api.ticket('ada', stream),
  })
  const streams = Array.from({ length: 200 }, () => boardStream(newId()))
  const answers = await ada.socket.emitWithAck('join', await Promise.all(streams.map(requestFor)))
  assert.ok(answers.every(({ ok }: { ok: boolean }) => ok))
  assert.equal((await ada.join(boardStream(newId()))).ok, false)
  await ada.leave(streams[0]!)
  assert.equal((await ada.join(boardStream(newId()))).ok, true)
})

test('a socket that floods is closed; others go on', async () => {
  const strict = await world.startNode({}, 0.1)
  const [flood, ada] = [await world.connect('eve', strict), await world.connect('ada', strict)]
  for (let i = 0; i < 100; i++) flood.socket.emit('leave', [])
  await flood.until(() => flood.heard.closed !== undefined)
  assert.deepEqual(flood.heard.closed, { code: 4029, reason: 'rate' })
  assert.deepEqual(await ada.flush(), { ok: true })
})

test('another path than /ws, and polling, lead nowhere', async () => {
  const { url } = await world.startNode()
  assert.equal((await fetch(`${url}/`)).status, 404)
  assert.equal((await fetch(`${url}/ws/?EIO=4&transport=polling`)).status, 400)
})

test.run()
