import { generateKeyPairSync, sign } from 'node:crypto'
import type { JoinAnswer } from '@taskflow/shared/socket/up.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { type Ear, openEar, refusalOf } from './testing/ear.ts'
import { addTask, foundTeam, type Person, signUp, snapshotOf, type Team, ticketOf, uuid } from './testing/person.ts'
import { type Opened, openStack } from './testing/stack.ts'

const test = suite('contract: sockets')
const opened: Ear[] = []
let stack: Opened
let ada: Person
let bob: Person
let eve: Person
let team: Team

test.before(async () => {
  stack = await openStack()
  ada = await signUp(stack.url, 'Ada')
  bob = await signUp(stack.url, 'Bob')
  eve = await signUp(stack.url, 'Eve')
  team = await foundTeam(ada, [bob])
})
test.after.each(() => opened.splice(0).forEach((ear) => ear.close()))
test.after(() => stack?.close())

const listen = async (person: Person) => {
  const ear = await openEar(stack.url, person.token)
  opened.push(ear)
  return ear
}
const stream = () => `b:${team.boardId}`
const nowS = () => Math.floor(Date.now() / 1000)
const tokenClaims = (more: object = {}) => {
  const [, claims] = ada.token.split('.')
  return { ...JSON.parse(Buffer.from(claims!, 'base64url').toString()), ...more }
}

test('a handshake without a token, with a foreign or an expired one is refused and says why', async () => {
  assert.equal(await refusalOf(stack.url, undefined), 'token.missing')
  assert.equal(await refusalOf(stack.url, ''), 'token.missing')
  assert.equal(await refusalOf(stack.url, 'nonsense'), 'token.invalid')
  assert.equal(await refusalOf(stack.url, signedByOthers(tokenClaims())), 'token.invalid')
  assert.equal(await refusalOf(stack.url, unsigned(tokenClaims())), 'token.invalid')
  assert.equal(await refusalOf(stack.url, stack.sign(tokenClaims({ exp: nowS() - 60 }))), 'token.expired')
  assert.equal(await refusalOf(stack.url, stack.sign(tokenClaims({ aud: 'stream' }))), 'token.invalid')
  assert.equal(await refusalOf(stack.url, stack.sign(tokenClaims({ iss: 'https://evil.example' }))), 'token.invalid')
})

test('a ticket does not open a socket', async () => {
  const { ticket } = await ticketOf(ada, stream())
  assert.equal(await refusalOf(stack.url, ticket), 'token.invalid')
})

test('an origin that is not on the list is refused, and so is a cookie without an origin', async () => {
  assert.equal(await refusalOf(stack.url, ada.token, { origin: 'https://evil.example' }), 'origin.refused')
  assert.equal(await refusalOf(stack.url, ada.token, { origin: 'null' }), 'origin.refused')
})

test('there is no long polling beside the WebSocket', async () => {
  const answer = await fetch(`${stack.url}/ws/?EIO=4&transport=polling`)
  assert.ok(answer.status >= 400, String(answer.status))
})

test('who joins hears what follows, in order, as arrays, their own writes too', async () => {
  const ear = await listen(bob)
  const { stream: position } = await snapshotOf(bob, team.boardId)
  assert.deepEqual(await ear.join(position), { stream: stream(), ok: true, head: position.seq })
  for (const person of [ada, bob, ada]) await addTask(person, team, `By ${person.name}`)
  await ear.fact(stream(), position.seq + 3)
  const facts = ear.factsOf(stream())
  assert.deepEqual(
    facts.map(({ seq }) => seq),
    [1, 2, 3].map((n) => position.seq + n),
  )
  assert.ok(ear.told.filter(({ event }) => event === 'events').every(({ data }) => Array.isArray(data)))
})

test('what the socket delivers is what the API answers, to the letter', async () => {
  const ear = await listen(bob)
  const { stream: position } = await snapshotOf(bob, team.boardId)
  await ear.join(position)
  const key = uuid()
  await ada.call('PATCH', `/api/boards/${team.boardId}`, { name: 'Ünï "quoted" \\ 🎈' }, { 'idempotency-key': key })
  const fact = await ear.fact(stream(), position.seq + 1)
  const query = `epoch=${position.epoch}&after=${position.seq}`
  const { text } = await bob.call('GET', `/api/streams/${stream()}/events?${query}`)
  assert.ok(text.includes(JSON.stringify(fact)), text)
})

test('who was away gets what they missed before the answer to their join', async () => {
  const { stream: position } = await snapshotOf(bob, team.boardId)
  for (const title of ['One', 'Two', 'Three']) await addTask(ada, team, title)
  const ear = await listen(bob)
  const answer = await ear.join(position)
  const seqs = () => ear.factsOf(stream()).map(({ seq }) => seq)
  // A fact that is still on its way to the node comes right after the answer, and is not in its head.
  assert.equal(seqs().at(-1) ?? position.seq, (answer as { head: number }).head)
  await ear.fact(stream(), position.seq + 3)
  assert.deepEqual(
    seqs(),
    [1, 2, 3].map((n) => position.seq + n),
  )
})

test('nothing is lost or doubled when one joins amid writes', async () => {
  const { stream: position } = await snapshotOf(bob, team.boardId)
  const writes = Promise.all(Array.from({ length: 40 }, (_, n) => addTask(ada, team, `Amid ${n}`)))
  const ears = await Promise.all(Array.from({ length: 5 }, () => listen(bob)))
  await Promise.all(ears.map((ear, n) => delay(n * 10).then(() => ear.join(position))))
  await writes
  for (const ear of ears) {
    await ear.fact(stream(), position.seq + 40)
    assert.deepEqual(
      ear.factsOf(stream()).map(({ seq }) => seq),
      Array.from({ length: 40 }, (_, n) => position.seq + n + 1),
    )
  }
})

test('several streams are joined at once, each with its own answer', async () => {
  const ear = await listen(ada)
  const { stream: own, workspaces } = await ada.act('GET', '/api/me')
  const board = await ticketOf(ada, stream())
  const workspace = workspaces.find(({ id }: Team & { id: string }) => id === team.workspaceId).stream
  const requests = [own, workspace, board].map(({ id, ticket, epoch, seq }) => ({
    stream: id,
    ticket,
    epoch,
    after: seq,
  }))
  const foreign = { ...requests[2]!, stream: `b:${uuid()}` }
  const answers: JoinAnswer[] = await ear.ask('join', [...requests, foreign])
  assert.deepEqual(
    answers.map((answer) => [answer.stream, answer.ok || answer.code]),
    [...requests.map((request) => [request.stream, true]), [foreign.stream, 'denied']],
  )
  await ada.act('PATCH', `/api/workspaces/${team.workspaceId}`, { name: `Acme ${uuid()}` })
  assert.equal((await ear.fact(workspace.id, workspace.seq + 1)).type, 'workspace.updated')
})

test('the ticket of another person, of another stream, forged or expired opens nothing', async () => {
  const ear = await listen(eve)
  const board = await ticketOf(ada, stream())
  const codeOf = async (ticket: string, id = stream()) => {
    const answer = await ear.join({ ...board, id, ticket })
    return answer.ok || answer.code
  }
  const claims = { sub: eve.id, stream: stream(), acl: board.seq, aud: 'stream', iat: nowS(), exp: nowS() + 60 }
  const { stream: own } = await eve.act('GET', '/api/me')
  assert.equal(await codeOf(board.ticket), 'denied')
  assert.equal(await codeOf(own.ticket), 'denied')
  assert.equal(await codeOf(eve.token), 'denied')
  assert.equal(await codeOf('nonsense'), 'denied')
  assert.equal(await codeOf(signedByOthers(claims)), 'denied')
  assert.equal(await codeOf(unsigned(claims)), 'denied')
  assert.equal(await codeOf(stack.sign({ ...claims, exp: nowS() + 86_400 })), 'denied')
  assert.equal(await codeOf(stack.sign({ ...claims, exp: nowS() - 60 })), 'expired')
  await addTask(ada, team, 'Not for Eve')
  await delay(300)
  assert.deepEqual(ear.factsOf(stream()), [])
})

test('a position that the stream never had, or of another epoch, means resync', async () => {
  const ear = await listen(ada)
  const board = await ticketOf(ada, stream())
  for (const wrong of [{ epoch: 'another' }, { seq: board.seq + 1_000 }]) {
    assert.deepEqual(await ear.join({ ...board, ...wrong }), { stream: stream(), ok: false, code: 'resync' })
  }
})

test('a ticket is renewed in place, and only by a good one', async () => {
  const ear = await listen(bob)
  const board = await ticketOf(bob, stream())
  await ear.join(board)
  const { ticket } = await ticketOf(bob, stream())
  const [renewed] = await ear.ask('renew', [{ stream: stream(), ticket }])
  assert.deepEqual([renewed.stream, renewed.ok], [stream(), true])
  const others = await ticketOf(ada, stream())
  const [refused] = await ear.ask('renew', [{ stream: stream(), ticket: others.ticket }])
  assert.deepEqual(refused, { stream: stream(), ok: false, code: 'denied' })
})

test('who leaves hears no more', async () => {
  const ear = await listen(bob)
  const board = await ticketOf(bob, stream())
  await ear.join(board)
  assert.deepEqual(await ear.ask('leave', [stream()]), { ok: true })
  await addTask(ada, team, 'Unheard')
  await delay(300)
  assert.deepEqual(ear.factsOf(stream()), [])
})

test('who is there is told to those who are there, on whichever node they are', async () => {
  const board = await ticketOf(bob, stream())
  const ears = await Promise.all([listen(bob), listen(bob), listen(bob), listen(ada)])
  const own = await ticketOf(ada, stream())
  for (const [n, ear] of ears.entries()) await ear.join(n === 3 ? own : board)
  const state = { task: uuid(), mode: 'editing' }
  ears[3]!.socket.emit('presence', { stream: stream(), state })
  for (const ear of ears) {
    const { users } = await ear.until('presence', () =>
      ear.told
        .filter(({ event, data }) => event === 'presence' && data.stream === stream())
        .map(({ data }) => data)
        .find(({ users }) => users.some(({ id }: { id: string }) => id === ada.id)),
    )
    assert.deepEqual(
      users.find(({ id }: { id: string }) => id === ada.id),
      { id: ada.id, name: 'Ada', state },
    )
  }
  ears[3]!.close()
  await ears[0]!.until('that Ada has gone', () =>
    ears[0]!.told.findLast(({ event }) => event === 'presence')?.data.users.every(({ id }: any) => id !== ada.id),
  )
  assert.equal((await ticketOf(ada, stream())).seq, own.seq)
})

test('presence of more than 256 bytes, or in a stream that one has not joined, is not passed on', async () => {
  const [teller, hearer, outsider] = await Promise.all([listen(bob), listen(ada), listen(eve)])
  await teller.join(await ticketOf(bob, stream()))
  await hearer.join(await ticketOf(ada, stream()))
  teller.socket.emit('presence', { stream: stream(), state: { text: 'x'.repeat(300) } })
  outsider.socket.emit('presence', { stream: stream(), state: { mode: 'viewing' } })
  await delay(600)
  const told = hearer.told.filter(({ event }) => event === 'presence')
  assert.ok(
    told.every(({ data }) => data.users.every((user: any) => user.id !== eve.id && !user.state.text)),
    JSON.stringify(told),
  )
  assert.ok(outsider.told.every(({ event }) => event !== 'presence'))
})

test('heads come at least every ten seconds, and name where each joined stream stands', async () => {
  const ear = await listen(bob)
  await ear.join(await ticketOf(bob, stream()))
  const own = (await bob.act('GET', '/api/me')).stream
  await ear.join(own)
  const { seq } = await ticketOf(bob, stream())
  const heads = await ear.until(
    'heads',
    () => ear.told.find(({ event, data }) => event === 'heads' && own.id in data)?.data,
    25_000,
  )
  assert.deepEqual(heads, { [stream()]: seq, [own.id]: own.seq })
})

test('what makes no sense is answered so, and the socket goes on', async () => {
  const ear = await listen(bob)
  for (const [event, payload] of [
    ['join', 'nonsense'],
    ['join', [{ stream: 5 }]],
    ['renew', null],
    ['leave', [{}]],
    ['constructor', []],
  ] as const) {
    const answer = await ear.ask(event, payload)
    assert.equal(answer.ok, false, event)
    assert.equal(typeof answer.code, 'string')
  }
  assert.equal((await ear.join(await ticketOf(bob, stream()))).ok, true)
})

test('each person hears their own stream, and nobody hears another one', async () => {
  const [adas, bobs] = await Promise.all([listen(ada), listen(bob)])
  const own = (await bob.act('GET', '/api/me')).stream
  await bobs.join(own)
  assert.deepEqual(await adas.join(own), { stream: own.id, ok: false, code: 'denied' })
})

test.run()

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function signedByOthers(claims: object): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  const text = `${encode({ alg: 'EdDSA', typ: 'JWT' })}.${encode(claims)}`
  return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`
}

const unsigned = (claims: object) => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`
