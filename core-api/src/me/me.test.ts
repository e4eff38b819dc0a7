import type { User } from '@taskflow/shared/dto/user.ts'
import type { Me } from '@taskflow/shared/dto/workspace.ts'
import { userStream } from '@taskflow/shared/names.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { expectRefused, factsAfter, foundTeam, positionOf, send } from '../testing/boards.ts'

const test = suite('me')
let app: TestApp

test.before(async () => {
  app = await createTestApp()
})
test.after(() => app?.close())

const me = (person: Parameters<typeof send>[0]) => send<Me>(person, 'GET', '/api/me')

test('shows each role with what it may do, and the streams to listen to', async () => {
  const team = await foundTeam(app)
  const [owner, member, guest] = [await me(team.owner), await me(team.member), await me(team.guest)]
  assert.deepEqual(owner.workspaces[0]!.permissions, ['*'])
  assert.equal(member.workspaces[0]!.stream!.id, `w:${team.workspaceId}`)
  assert.equal(guest.workspaces[0]!.stream, null)
  assert.deepEqual([owner.stream.id, owner.unread], [userStream(team.owner.userId), 0])
  assert.ok(owner.stream.ticket && member.workspaces[0]!.stream!.ticket)
})

test('settings are changed one by one, and heard on one’s other screens', async () => {
  const ada = await app.signUp('Ada')
  const at = await positionOf(ada, userStream(ada.userId))
  const changes = { timeZone: 'Europe/Lisbon', locale: 'pt-PT' }
  const user = await send<User>(ada, 'PATCH', '/api/me', changes)
  assert.deepEqual({ ...user, ...changes, name: 'Ada' }, user)
  assert.deepEqual((await me(ada)).user, user)
  const [fact] = await factsAfter(ada, userStream(ada.userId), at)
  assert.deepEqual([fact!.type, fact!.data], ['user.updated', { id: ada.userId, ...changes }])
})

test('the next fact after a new name carries it', async () => {
  const team = await foundTeam(app)
  await send(team.owner, 'PATCH', '/api/me', { name: 'Olga the Second' })
  const at = await positionOf(team.owner, `b:${team.boardId}`)
  await send(team.owner, 'POST', `/api/boards/${team.boardId}/tasks`, { title: 'One' })
  assert.equal((await factsAfter(team.owner, `b:${team.boardId}`, at))[0]!.actor.name, 'Olga the Second')
})

test('what is no name, address, zone or language is refused, and so is everything else about a person', async () => {
  const ada = await app.signUp('Ada')
  const wrong = [
    { name: '' },
    { name: 'x'.repeat(101) },
    { image: 'https://example.org/a.png' },
    { timeZone: 'Mars/Olympus' },
    { locale: 'not a language' },
    { email: 'else@example.org' },
    { emailVerified: true },
    { id: ada.userId },
  ]
  for (const body of wrong) await expectRefused([ada, 'PATCH', '/api/me', body], 400, 'request.invalid')
})

test.run()
