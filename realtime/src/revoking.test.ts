import { boardStream } from '@taskflow/shared/names.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createWorld, type World } from './testing/world.ts'

const test = suite('revocation')
let world: World
let elsewhere: { url: string }

test.before(async () => {
  world = await createWorld()
  await world.startNode({ keepUnusedStreamMs: 0, housekeepingEveryMs: 50 })
  elsewhere = await world.startNode()
})
test.after(() => world.close())

const code = (answer: object) => (answer as { code?: string }).code

/** A board where some facts have been; `revoke` shuts people out of it by the next fact. */
const newBoard = () => {
  const board = boardStream(newId())
  for (let i = 0; i < 3; i++) world.api.commit(board)
  const revoke = (userIds: string[], type = 'access.revoked') =>
    world.act(board, type, { userId: userIds[0], userIds, acl: world.api.headOf(board).seq + 1 })
  return { board, revoke }
}

test('who is shut out hears what came before, is told, and hears nothing from then on', async () => {
  const { board, revoke } = newBoard()
  const [ada, ben, otherTab] = [await world.connect('ada'), await world.connect('ben'), await world.connect('ben')]
  await Promise.all([ada.join(board), ben.join(board), otherTab.join(board)])
  await Promise.all([world.act(board), revoke(['ben']), world.act(board)])
  await ada.hears(board, 6)
  for (const tab of [ben, otherTab]) {
    await tab.until(() => tab.heard.revoked.length > 0)
    await tab.flush()
    assert.deepEqual([tab.seqs(board), tab.heard.revoked], [[4], [board]])
  }
  assert.deepEqual([ada.seqs(board), ada.heard.revoked], [[4, 5, 6], []])
})

test('many at once are shut out by one fact, and by a member leaving', async () => {
  const { board, revoke } = newBoard()
  const [ada, ben, cleo, dan] = await Promise.all(['ada', 'ben', 'cleo', 'dan'].map((name) => world.connect(name)))
  for (const client of [ada, ben, cleo, dan]) await client!.join(board)
  await revoke(['ben', 'cleo'])
  await world.act(board, 'member.left', { id: 'dan', userId: 'dan', acl: 5 })
  await world.act(board)
  await ada!.hears(board, 6)
  await Promise.all([ben, cleo, dan].map((client) => client!.flush()))
  assert.deepEqual([ben!.seqs(board), cleo!.seqs(board), dan!.seqs(board)], [[], [], [4]])
})

test('the old ticket opens nothing again: not there, not on another node, not after being away', async () => {
  const { board, revoke } = newBoard()
  const ticket = await world.api.ticket('ben', board)
  const [ben, away] = [await world.connect('ben'), await world.connect('ben', elsewhere)]
  await ben.join(board, { ticket })
  await revoke(['ben'])
  await ben.until(() => ben.heard.revoked.length > 0)
  await world.act(board)
  for (const after of [0, 3, 4, 5]) {
    assert.equal(code(await ben.join(board, { ticket, after })), 'denied')
    assert.equal(code(await away.join(board, { ticket, after })), 'denied')
  }
  assert.equal(code(await ben.renew(board, ticket)), 'denied')
  assert.deepEqual([ben.seqs(board), away.seqs(board)], [[], []])
})

test('an old ticket with a false position does not hide the revocation from a node that never followed the board', async () => {
  const { board, revoke } = newBoard()
  const ticket = await world.api.ticket('ben', board)
  await revoke(['ben'])
  const ben = await world.connect('ben', elsewhere)
  assert.equal(code(await ben.join(board, { ticket, after: world.api.headOf(board).seq })), 'denied')
})

test('a ticket from so long ago that it cannot be judged is answered as expired', async () => {
  const { board, revoke } = newBoard()
  const ticket = await world.api.ticket('ben', board)
  await revoke(['ben'])
  for (let i = 0; i < 6_000; i++) world.api.commit(board)
  const ben = await world.connect('ben', elsewhere)
  assert.equal(code(await ben.join(board, { ticket })), 'expired')
})

test('who is let in again joins with a new ticket, and does not get what happened meanwhile', async () => {
  const { board, revoke } = newBoard()
  const ben = await world.connect('ben')
  await ben.join(board)
  await revoke(['ben'])
  await world.act(board)
  await world.act(board, 'access.granted', { userId: 'ben' })
  const ticket = await world.api.ticket('ben', board)
  assert.equal(code(await ben.join(board, { ticket, after: 3 })), 'resync')
  assert.equal((await ben.join(board, { ticket })).ok, true)
  await world.act(board)
  await ben.hears(board, 7)
  assert.deepEqual(ben.seqs(board), [7])
})

test('a node learns at its start what was revoked before', async () => {
  const { board } = newBoard()
  const at = new Date().toISOString()
  const [ticket, token] = [await world.api.ticket('ben', board), await world.api.token('cleo', { sid: 'gone' })]
  world.api.state.revocations = [{ stream: board, userId: 'ben', acl: 4, at }]
  world.api.state.sessions = [{ userId: 'cleo', sessionIds: ['gone'], at }]
  const late = await world.startNode()
  const ben = await world.connect('ben', late)
  assert.equal(code(await ben.join(board, { ticket })), 'denied')
  const cleo = world.open('cleo', { auth: { token } }, late)
  assert.equal(await cleo.refused(), 'session.ended')
})

test('a node that nobody told of an ended session finds it by asking', async () => {
  const node = await world.startNode({ checkHeadsEveryMs: 100 })
  const cleo = await world.connect('cleo', node)
  world.api.state.sessions = [{ userId: 'cleo', sessionIds: ['s-cleo'], at: new Date().toISOString() }]
  await cleo.until(() => cleo.heard.closed !== undefined)
  assert.equal(cleo.heard.closed!.reason, 'session')
})

test('a socket that is being brought on while its right ends gets no further', async () => {
  const { board, revoke } = newBoard()
  const ben = await world.connect('ben')
  const waiting = Promise.withResolvers<void>()
  world.api.state.beforeAnswer = () => waiting.promise
  const joining = ben.join(board, { after: 0 })
  await ben.flush()
  await revoke(['ben'])
  world.api.state.beforeAnswer = async () => {}
  waiting.resolve()
  assert.equal(code(await joining), 'denied')
  assert.deepEqual(ben.seqs(board), [])
})

test.run()
