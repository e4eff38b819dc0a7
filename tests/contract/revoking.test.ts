import { assert, suite } from '@taskflow/tools/suite.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { type Ear, openEar, refusalOf } from './testing/ear.ts'
import { addTask, bringIn, foundTeam, type Person, signUp, type Team, ticketOf } from './testing/person.ts'
import { type Opened, openStack } from './testing/stack.ts'

const test = suite('contract: who must not hear')
const SILENT_MS = 400
const opened: Ear[] = []
let stack: Opened
let ada: Person

test.before(async () => {
  stack = await openStack()
  ada = await signUp(stack.url, 'Ada')
})
test.after.each(() => opened.splice(0).forEach((ear) => ear.close()))
test.after(() => stack?.close())

const listen = async ({ token }: Pick<Person, 'token'>) => {
  const ear = await openEar(stack.url, token)
  opened.push(ear)
  return ear
}
/** Ada's workspace with somebody new in it. */
async function twoOf(name: string, role = 'member') {
  const other = await signUp(stack.url, name)
  return { other, team: await foundTeam(ada, [other], role) }
}
const streamOf = ({ boardId }: Team) => `b:${boardId}`
const removeFrom = (team: Team, { id }: Person) =>
  ada.call('DELETE', `/api/workspaces/${team.workspaceId}/members/${id}`)

/** After the end of their right: that they were told, and that nothing came after it. */
async function expectShutOut(ear: Ear, stream: string) {
  await ear.until('revoked', () => ear.told.some(({ event, data }) => event === 'revoked' && data.stream === stream))
  await delay(SILENT_MS)
  const revokedAt = ear.told.findIndex(({ event, data }) => event === 'revoked' && data.stream === stream)
  const after = ear.told.slice(revokedAt + 1)
  assert.ok(!JSON.stringify(after).includes(stream), JSON.stringify(after))
  assert.doesNotMatch(JSON.stringify(ear.told), /After the end/)
}

test('removed while connected: told so, and nothing more, on every node', async () => {
  const { other, team } = await twoOf('Bob')
  const ears = await Promise.all(Array.from({ length: 4 }, () => listen(other)))
  const position = await ticketOf(other, streamOf(team))
  for (const ear of ears) assert.equal((await ear.join(position)).ok, true)
  const [removed] = await Promise.all([removeFrom(team, other), addTask(ada, team, 'Meanwhile')])
  assert.equal(removed.status, 204)
  await addTask(ada, team, 'After the end')
  for (const ear of ears) await expectShutOut(ear, streamOf(team))
  assert.equal((await other.call('GET', `/api/boards/${team.boardId}`)).status, 404)
})

test('removed while connected: the workspace is gone from their ears as well', async () => {
  const { other, team } = await twoOf('Bob')
  const ear = await listen(other)
  const id = `w:${team.workspaceId}`
  await ear.join(await ticketOf(other, id))
  await removeFrom(team, other)
  await ada.act('PATCH', `/api/workspaces/${team.workspaceId}`, { name: 'After the end' })
  await expectShutOut(ear, id)
})

test('an old ticket does not open the door again, neither on the same socket nor on a new one', async () => {
  const { other, team } = await twoOf('Bob')
  const [ear, old] = [await listen(other), await ticketOf(other, streamOf(team))]
  await ear.join(old)
  await removeFrom(team, other)
  await expectShutOut(ear, streamOf(team))
  await addTask(ada, team, 'After the end')
  const denied = { stream: streamOf(team), ok: false, code: 'denied' }
  for (const again of [ear, ...(await Promise.all([listen(other), listen(other), listen(other)]))]) {
    assert.deepEqual(await again.join(old), denied)
    assert.deepEqual(await again.join({ ...old, seq: old.seq - 1 }), denied)
    const [renewed] = await again.ask('renew', [{ stream: old.id, ticket: old.ticket }])
    assert.equal(renewed.ok, false)
    await delay(50)
    assert.doesNotMatch(JSON.stringify(again.told), /After the end/)
  }
})

test('removed while away, on a board that no node has heard of: the old ticket is worth nothing', async () => {
  const { other, team } = await twoOf('Bob')
  const old = await ticketOf(other, streamOf(team))
  await removeFrom(team, other)
  await addTask(ada, team, 'After the end')
  for (const ear of await Promise.all([listen(other), listen(other), listen(other), listen(other)])) {
    const answer = await ear.join(old)
    assert.equal(answer.ok, false)
    await delay(100)
    assert.doesNotMatch(JSON.stringify(ear.told), /After the end/)
  }
})

test('let in again, a new ticket is good, and the old one still is not', async () => {
  const { other, team } = await twoOf('Bob')
  const [ear, old] = [await listen(other), await ticketOf(other, streamOf(team))]
  await ear.join(old)
  await removeFrom(team, other)
  await expectShutOut(ear, streamOf(team))
  await bringIn(ada, team.workspaceId, other)
  const fresh = await ticketOf(other, streamOf(team))
  assert.equal((await ear.join({ ...fresh, ticket: old.ticket })).ok, false)
  assert.equal((await ear.join(fresh)).ok, true)
  await addTask(ada, team, 'Welcome back')
  assert.equal((await ear.fact(fresh.id, fresh.seq + 1)).data.title, 'Welcome back')
})

test('a guest who is taken off a board hears nothing more of it', async () => {
  const { other, team } = await twoOf('Gus', 'guest')
  const members = `/api/boards/${team.boardId}/members/${other.id}`
  await ada.act('PUT', members, { role: 'viewer' })
  const [ear, old] = [await listen(other), await ticketOf(other, streamOf(team))]
  await ear.join(old)
  await addTask(ada, team, 'Still theirs')
  await ear.fact(old.id, old.seq + 1)
  await ada.act('DELETE', members)
  await addTask(ada, team, 'After the end')
  await expectShutOut(ear, streamOf(team))
  assert.equal((await (await listen(other)).join(old)).ok, false)
})

test('a board that becomes private falls silent for those who are not named on it, and for nobody else', async () => {
  const { other, team } = await twoOf('Bob')
  const named = await signUp(stack.url, 'Nora')
  await bringIn(ada, team.workspaceId, named)
  await ada.act('PUT', `/api/boards/${team.boardId}/members/${named.id}`, { role: 'viewer' })
  const [bobs, noras] = await Promise.all([listen(other), listen(named)])
  const [old, norasPosition] = [await ticketOf(other, streamOf(team)), await ticketOf(named, streamOf(team))]
  await Promise.all([bobs.join(old), noras.join(norasPosition)])
  await ada.act('PATCH', `/api/boards/${team.boardId}`, { visibility: 'private' })
  await addTask(ada, team, 'After the end')
  await expectShutOut(bobs, streamOf(team))
  await noras.fact(streamOf(team), norasPosition.seq + 2)
  assert.equal((await (await listen(other)).join(old)).ok, false)
  const boards = await other.act('GET', `/api/workspaces/${team.workspaceId}/boards`)
  assert.ok(!JSON.stringify(boards).includes(team.boardId))
})

test('what happens on a private board is not told to the workspace', async () => {
  const { other, team } = await twoOf('Bob')
  const ear = await listen(other)
  const workspace = await ticketOf(other, `w:${team.workspaceId}`)
  await ear.join(workspace)
  const wish = { name: 'Secret plans', visibility: 'private' }
  const { id } = await ada.act('POST', `/api/workspaces/${team.workspaceId}/boards`, wish)
  await ada.act('PATCH', `/api/boards/${id}`, { name: 'Secret plans, revised' })
  await ada.act('POST', `/api/boards/${id}/tasks`, { title: 'Secret card' })
  await delay(SILENT_MS)
  assert.doesNotMatch(JSON.stringify(ear.told), /Secret/)
})

test('a stranger hears nothing of anything, whatever they ask for', async () => {
  const { team } = await twoOf('Bob')
  const eve = await signUp(stack.url, 'Eve')
  const ear = await listen(eve)
  await ear.join(eve.me.stream)
  const theirs = await ticketOf(ada, streamOf(team))
  for (const id of [streamOf(team), `w:${team.workspaceId}`, `u:${ada.id}`]) {
    for (const ticket of [theirs.ticket, eve.me.stream.ticket])
      assert.equal((await ear.join({ ...theirs, id, ticket })).ok, false)
  }
  await addTask(ada, team, 'Not for strangers')
  await delay(SILENT_MS)
  assert.doesNotMatch(JSON.stringify(ear.told), new RegExp(`${team.boardId}|${team.workspaceId}|${ada.id}`))
})

test('signing out closes the sockets, and their token opens no other', async () => {
  const { other } = await twoOf('Bob')
  const ears = await Promise.all([listen(other), listen(other), listen(other)])
  const headers = { cookie: other.cookie, origin: stack.url, 'content-type': 'application/json' }
  const answer = await fetch(`${stack.url}/api/auth/sign-out`, { method: 'POST', headers, body: '{}' })
  assert.equal(answer.status, 200)
  for (const ear of ears) await ear.closed()
  assert.equal(await refusalOf(stack.url, other.token), 'session.ended')
  assert.equal((await other.call('GET', '/api/me')).status, 401)
})

test('a session that is revoked is closed, the others of the same person go on', async () => {
  const { other } = await twoOf('Bob')
  const phone = await signIn(other)
  const [kept, ended] = [await listen(other), await listen(phone)]
  const headers = { cookie: other.cookie, origin: stack.url, 'content-type': 'application/json' }
  const answer = await fetch(`${stack.url}/api/auth/revoke-other-sessions`, { method: 'POST', headers, body: '{}' })
  assert.equal(answer.status, 200)
  await ended.closed()
  assert.ok(kept.socket.connected)
  assert.equal(await refusalOf(stack.url, phone.token), 'session.ended')
})

test.run()

async function signIn({ email }: Person): Promise<{ token: string }> {
  const headers = { origin: stack.url, 'content-type': 'application/json' }
  const body = JSON.stringify({ email, password: 'a long enough sentence' })
  const answer = await fetch(`${stack.url}/api/auth/sign-in/email`, { method: 'POST', headers, body })
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return (await fetch(`${stack.url}/api/auth/token`, { headers: { cookie } })).json() as Promise<{ token: string }>
}
