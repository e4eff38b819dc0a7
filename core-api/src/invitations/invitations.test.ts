import { newId } from '@taskflow/shared/ids.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Invitation, InvitationPeek, Joined, Me, NewInvitation } from '@taskflow/shared/dto/workspace.ts'
import { userStream } from '@taskflow/shared/names.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { type Sending, startSending } from '../deliveries/sending.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import {
  expectRefused,
  expectSnapshotFollows,
  factsAfter,
  foundTeam,
  positionOf,
  send,
  snapshotOf,
  sqlAsOwner,
  type Team,
} from '../testing/boards.ts'
import { type Mailbox, openMailbox } from '../testing/mailbox.ts'
import type { Person } from '../testing/person.ts'
import { bringIn, expectWorkspaceFollows, invite } from '../testing/workspaces.ts'

const test = suite('invitations')
let mailbox: Mailbox
let app: TestApp
let sending: Sending
let team: Team

test.before(async () => {
  mailbox = await openMailbox()
  app = await createTestApp({ SMTP_URL: mailbox.url })
  sending = startSending(app.deps)
  team = await foundTeam(app)
})
test.after(async () => {
  await sending?.stop(1_000)
  await app?.close()
  await mailbox?.close()
})

const accept = (token: string) => `/api/invitations/${token}/accept`
const peek = (token: string) => fetch(`${app.url}/api/invitations/${token}`)

test('a link lets in whoever has it, until it is revoked', async () => {
  const { id, token } = await invite(team.owner, team.workspaceId, { role: 'member' })
  for (const name of ['Ida', 'Ira']) {
    const person = await app.signUp(name)
    const mine = await positionOf(person, userStream(person.userId))
    await expectWorkspaceFollows(team.owner, team.workspaceId, () =>
      expectSnapshotFollows(team.owner, team.boardId, async () => {
        const joined = await send<Joined>(person, 'POST', accept(token))
        assert.deepEqual([joined.id, joined.role], [team.workspaceId, 'member'])
      }),
    )
    const [told] = await factsAfter(person, userStream(person.userId), mine)
    assert.deepEqual(told!.data, { userId: person.userId, workspaceId: team.workspaceId })
    assert.equal((await send<Me>(person, 'GET', '/api/me')).workspaces[0]!.stream!.id, `w:${team.workspaceId}`)
  }
  await send(team.admin, 'DELETE', `/api/invitations/${id}`)
  await expectRefused([team.stranger, 'POST', accept(token)], 404, 'invitations.not_found')
})

test('an invitation by e-mail is sent, and works once', async () => {
  const email = 'eva@example.org'
  const pasted = { email: ` ${email} `, role: 'member' }
  const { token, url } = await invite(team.owner, team.workspaceId, pasted)
  assert.ok((await mailbox.mailTo(email, 'Acme')).text.includes(url))
  const eva = await app.signUp('Eva')
  await send(eva, 'POST', accept(token))
  await send(eva, 'POST', accept(token))
  await expectRefused([team.stranger, 'POST', accept(token)], 404, 'invitations.not_found')
})

test('eight who accept one e-mail invitation at the same moment are one', async () => {
  const { token } = await invite(team.owner, team.workspaceId, { email: 'one@example.org' })
  const people: Person[] = []
  for (let i = 0; i < 8; i++) people.push(await app.signUp(`Racer${i}`))
  const statuses = await Promise.all(
    people.map(async (person) => (await person.fetch(accept(token), { method: 'POST' })).status),
  )
  assert.deepEqual(statuses.sort(), [200, ...Array<number>(7).fill(404)])
})

test('somebody who is in already is told so, and nothing changes', async () => {
  const { token } = await invite(team.owner, team.workspaceId, { role: 'guest' })
  const facts = await expectWorkspaceFollows(team.owner, team.workspaceId, async () => {
    assert.equal((await send<Joined>(team.member, 'POST', accept(token))).role, 'member')
  })
  assert.deepEqual(facts, [])
})

test('a guest comes onto the board of the invitation, and onto no other', async () => {
  const gil = await app.signUp('Gil')
  await expectSnapshotFollows(team.owner, team.boardId, () =>
    bringIn(team.owner, team.workspaceId, gil, { role: 'guest', boardId: team.boardId, boardRole: 'commenter' }),
  )
  const { members } = await snapshotOf(gil, team.boardId)
  const { id, role, boardRole } = members.find((one) => one.id === gil.userId)!
  assert.deepEqual([id, role, boardRole], [gil.userId, 'guest', 'commenter'])
  const { workspaces } = await send<Me>(gil, 'GET', '/api/me')
  assert.deepEqual([workspaces[0]!.role, workspaces[0]!.permissions, workspaces[0]!.stream], ['guest', [], null])
  await expectRefused([gil, 'GET', `/api/workspaces/${team.workspaceId}`], 404)
})

test('a guest who is in already comes onto one more board', async () => {
  await expectSnapshotFollows(team.owner, team.boardId, () =>
    bringIn(team.owner, team.workspaceId, team.guest, { role: 'guest', boardId: team.boardId }),
  )
  assert.ok(await snapshotOf(team.guest, team.boardId))
})

test('its holder may know what it is to; unknown, expired, used and revoked look the same', async () => {
  const { id, token, expiresAt } = await invite(team.owner, team.workspaceId, { role: 'member' })
  assert.deepEqual((await (await peek(token)).json()) as InvitationPeek, {
    workspace: { name: 'Acme' },
    inviter: { name: 'Olga' },
    role: 'member',
    expiresAt,
  })
  const answers: unknown[] = []
  const look = async (wanted: string) => {
    const answer = await peek(wanted)
    const { requestId: _, ...body } = (await answer.json()) as { requestId: string }
    answers.push([answer.status, body])
  }
  await look('x'.repeat(43))
  await sqlAsOwner(app, `update invitation set expires_at = now() - interval '1 second' where id = $1`, [id])
  await look(token)
  await sqlAsOwner(
    app,
    `update invitation set expires_at = now() + interval '1 day', revoked_at = now() where id = $1`,
    [id],
  )
  await look(token)
  await sqlAsOwner(app, `update invitation set revoked_at = null, accepted_at = now(), email = 'x@y.z' where id = $1`, [
    id,
  ])
  await look(token)
  for (const answer of answers) assert.deepEqual(answer, answers[0])
  assert.equal((answers[0] as [number])[0], 404)
})

test('the list shows what can still be accepted, without tokens', async () => {
  const { token: _, url: __, ...invitation } = await invite(team.owner, team.workspaceId, { role: 'member' })
  const { items } = await send<Page<Invitation>>(team.admin, 'GET', `/api/workspaces/${team.workspaceId}/invitations`)
  assert.deepEqual(items[0], invitation)
  await expectRefused([team.member, 'GET', `/api/workspaces/${team.workspaceId}/invitations`], 403)
})

test('the same id again is the same invitation', async () => {
  const id = newId()
  const first = await invite(team.owner, team.workspaceId, { id, role: 'member' })
  assert.deepEqual(await invite(team.owner, team.workspaceId, { id, role: 'member' }), first)
  await expectRefused([team.stranger, 'DELETE', `/api/invitations/${id}`], 404, 'invitations.not_found')
})

test('nobody invites to a role above their own, to a role or board that is not there, or without the right', async () => {
  const path = `/api/workspaces/${team.workspaceId}/invitations`
  const foreign = await foundTeam(app)
  await expectRefused([team.admin, 'POST', path, { role: 'owner' }], 403, 'members.above')
  await expectRefused([team.member, 'POST', path, { role: 'guest' }], 403, 'access.forbidden')
  await expectRefused([team.stranger, 'POST', path, {}], 404, 'workspaces.not_found')
  await expectRefused([team.owner, 'POST', path, { role: 'emperor' }], 400, 'roles.not_found')
  await expectRefused([team.owner, 'POST', path, { role: 'guest', boardId: foreign.boardId }], 404, 'boards.not_found')
  await expectRefused([team.owner, 'POST', path, { email: 'not an address' }], 400, 'request.invalid')
  await expectRefused([team.owner, 'POST', path, { workspaceId: foreign.workspaceId }], 400, 'request.invalid')
})

test('what somebody has handed out ends when they leave or may not invite any more', async () => {
  for (const end of [['DELETE'], ['PATCH', { role: 'member' }]] as [string, unknown?][]) {
    const ida = await app.signUp('Ida')
    await bringIn(team.owner, team.workspaceId, ida, { role: 'admin' })
    const { token } = await invite(ida, team.workspaceId, { role: 'admin' })
    await send(team.owner, end[0], `/api/workspaces/${team.workspaceId}/members/${ida.userId}`, end[1])
    assert.equal((await peek(token)).status, 404)
  }
})

test('an Idempotency-Key makes one invitation of twenty requests', async () => {
  const invitations = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const answer = await team.owner.fetch(`/api/workspaces/${team.workspaceId}/invitations`, {
        method: 'POST',
        headers: { 'idempotency-key': 'twenty' },
        body: { role: 'member' },
      })
      return answer.status === 409 ? null : ((await answer.json()) as NewInvitation).id
    }),
  )
  assert.equal(new Set(invitations.filter(Boolean)).size, 1)
})

test('a repeat is answered to the letter, with the token, which is not kept with the answer', async () => {
  const request = { method: 'POST', headers: { 'idempotency-key': 'secret' }, body: { role: 'member' } }
  const path = `/api/workspaces/${team.workspaceId}/invitations`
  const [first, second] = [await team.owner.fetch(path, request), await team.owner.fetch(path, request)]
  assert.equal(second.headers.get('idempotent-replayed'), 'true')
  const [said, repeated] = [await first.text(), await second.text()]
  assert.equal(repeated, said)
  const { token } = JSON.parse(said) as NewInvitation
  assert.equal((await peek(token)).status, 200)
  const [kept] = await sqlAsOwner<{ body: string }>(app, `select body from idempotency where key = 'secret'`)
  assert.ok(!kept!.body.includes(token))
})

test.run()
