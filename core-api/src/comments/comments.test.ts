import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Comment, Task } from '@taskflow/shared/dto/task.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import {
  addTask,
  expectRefused,
  expectSnapshotFollows,
  foundTeam,
  send,
  sqlAsOwner,
  type Team,
} from '../testing/boards.ts'
import type { Person } from '../testing/person.ts'

const test = suite('comments')
let app: TestApp
let team: Team
let task: Task

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
})
test.before.each(async () => {
  task = await addTask(team.owner, team.boardId, { title: 'Water the plants' })
})
test.after(() => app?.close())

const comment = (person: Person, body: string, more: object = {}) =>
  send<Comment>(person, 'POST', `/api/tasks/${task.id}/comments`, { body, ...more })
const reload = () => send<Task>(team.owner, 'GET', `/api/tasks/${task.id}`)
const list = (query = '') => send<Page<Comment>>(team.owner, 'GET', `/api/tasks/${task.id}/comments${query}`)

test('are counted on the card, and make their author a watcher', async () => {
  const [fact] = await expectSnapshotFollows(team.owner, team.boardId, () => comment(team.member, 'Done soon'))
  assert.equal(fact!.type, 'comment.created')
  const data = fact!.data as { commentCount: number; watcherIds?: string[]; body: string }
  assert.deepEqual([data.commentCount, data.watcherIds, data.body], [1, [team.member.userId], 'Done soon'])
  const now = await reload()
  assert.deepEqual([now.commentCount, now.watcherIds, now.version], [1, [team.member.userId], task.version])
})

test('are changed by their authors only, and say so', async () => {
  const { id } = await comment(team.member, 'Dome soon')
  const facts = await expectSnapshotFollows(team.owner, team.boardId, async () => {
    const edited = await send<Comment>(team.member, 'PATCH', `/api/comments/${id}`, { body: 'Done soon' })
    assert.equal(edited.body, 'Done soon')
    assert.ok(edited.editedAt)
    await send(team.member, 'PATCH', `/api/comments/${id}`, { body: 'Done soon' })
  })
  assert.deepEqual(
    facts.map((fact) => fact.type),
    ['comment.updated'],
  )
  await expectRefused([team.admin, 'PATCH', `/api/comments/${id}`, { body: 'x' }], 403, 'comments.not_yours')
})

test('are removed by their authors and by admins, not by others', async () => {
  const mine = await comment(team.admin, 'Mine')
  const yours = await comment(team.member, 'Yours')
  await expectRefused([team.member, 'DELETE', `/api/comments/${mine.id}`], 403, 'access.forbidden')
  await expectSnapshotFollows(team.owner, team.boardId, () => send(team.admin, 'DELETE', `/api/comments/${yours.id}`))
  await expectSnapshotFollows(team.owner, team.boardId, () => send(team.admin, 'DELETE', `/api/comments/${mine.id}`))
  assert.equal((await reload()).commentCount, 0)
  await expectRefused([team.admin, 'DELETE', `/api/comments/${mine.id}`], 404, 'comments.not_found')
})

test('are counted right when fifty come at once', async () => {
  await Promise.all(Array.from({ length: 50 }, (_, i) => comment(i % 2 ? team.member : team.admin, `Number ${i}`)))
  const now = await reload()
  assert.equal(now.commentCount, 50)
  assert.equal(now.watcherIds.length, 2)
})

test('with an id of their own are recognised when sent again', async () => {
  const id = newId()
  const first = await comment(team.member, 'Once', { id })
  assert.deepEqual(await comment(team.member, 'Once', { id }), first)
  assert.equal((await reload()).commentCount, 1)
  await expectRefused(
    [team.admin, 'POST', `/api/tasks/${task.id}/comments`, { id, body: 'x' }],
    409,
    'comments.id_taken',
  )
})

test('call people by link, by name and expressly, if they can see the board', async () => {
  const { member, admin, owner, guest, stranger } = team
  const link = `@[Whoever](user:${admin.userId})`
  const mentioned = async (body: string, mentionIds?: string[]) =>
    new Set((await comment(owner, body, { mentionIds })).mentionIds)
  assert.deepEqual(await mentioned(`${link} and @mona, see`), new Set([admin.userId, member.userId]))
  assert.deepEqual(await mentioned('See', [member.userId, guest.userId, stranger.userId]), new Set([member.userId]))
  assert.deepEqual(await mentioned(`@Gus @[x](user:${stranger.userId}) mail@mona.org @Monatomic`), new Set())
  assert.deepEqual(await mentioned('`@Mona` and\n```\n@Adam\n```'), new Set())
})

test('take reactions, each person each emoji once', async () => {
  const { id } = await comment(team.member, 'Shipped')
  const path = (emoji: string) => `/api/comments/${id}/reactions/${encodeURIComponent(emoji)}`
  const facts = await expectSnapshotFollows(team.owner, team.boardId, async () => {
    await Promise.all([team.owner, team.admin, team.owner].map((person) => send(person, 'PUT', path('🎉'))))
    await send(team.owner, 'PUT', path('❤'))
    await send(team.owner, 'DELETE', path('❤️'))
  })
  assert.equal(facts.length, 4)
  const [now] = (await list()).items
  assert.deepEqual(Object.keys(now!.reactions), ['🎉'])
  assert.deepEqual(new Set(now!.reactions['🎉']), new Set([team.owner.userId, team.admin.userId]))
  for (const wrong of ['x', '🎉🎉', 'ok', '__proto__', '1']) await expectRefused([team.owner, 'PUT', path(wrong)], 400)
})

test('take at most twenty kinds of reactions', async () => {
  const { id } = await comment(team.member, 'Shipped')
  const react = (i: number) => `/api/comments/${id}/reactions/${encodeURIComponent(String.fromCodePoint(0x1f600 + i))}`
  for (let i = 0; i < 20; i++) await send(team.owner, 'PUT', react(i))
  await expectRefused([team.owner, 'PUT', react(20)], 422, 'comments.too_many_reactions')
  await send(team.admin, 'PUT', react(3))
})

test('are listed in pages, from either end', async () => {
  for (const body of ['a', 'b', 'c']) await comment(team.member, body)
  const first = await list('?limit=2')
  const second = await list(`?limit=2&cursor=${first.next}`)
  assert.deepEqual(
    [...first.items, ...second.items].map(({ body }) => body),
    ['a', 'b', 'c'],
  )
  assert.equal(second.next, null)
  const newest = await list('?limit=1&order=newest')
  assert.equal(newest.items[0]!.body, 'c')
  await expectRefused([team.owner, 'GET', `/api/tasks/${task.id}/comments?cursor=x`], 400)
})

test('are refused when empty, too long or with fields that are not theirs', async () => {
  const path = `/api/tasks/${task.id}/comments`
  for (const wrong of [{ body: ' \n' }, { body: 'x'.repeat(20_001) }, { body: 'x', authorId: newId() }, {}]) {
    await expectRefused([team.owner, 'POST', path, wrong], 400)
  }
})

test('are not there for those who cannot see the board, nor writable for those who only look', async () => {
  const { id } = await comment(team.member, 'Secret')
  const calls: [string, string, unknown?][] = [
    ['GET', `/api/tasks/${task.id}/comments`],
    ['POST', `/api/tasks/${task.id}/comments`, { body: 'x' }],
    ['PATCH', `/api/comments/${id}`, { body: 'x' }],
    ['DELETE', `/api/comments/${id}`],
    ['PUT', `/api/comments/${id}/reactions/${encodeURIComponent('🎉')}`],
  ]
  for (const call of calls)
    for (const person of [team.guest, team.stranger]) await expectRefused([person, ...call], 404)
  await sqlAsOwner(app, 'insert into board_member (workspace_id, board_id, user_id, role) values ($1, $2, $3, $4)', [
    team.workspaceId,
    team.boardId,
    team.guest.userId,
    'viewer',
  ])
  for (const call of calls.slice(1)) await expectRefused([team.guest, ...call], 403)
  await send(team.guest, 'GET', `/api/tasks/${task.id}/comments`)
  await sqlAsOwner(app, 'delete from board_member where user_id = $1', [team.guest.userId])
})

test.run()
