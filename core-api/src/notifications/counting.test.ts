import type { InboxState, Notification } from '@taskflow/shared/dto/notification.ts'
import type { AnyEnvelope } from '@taskflow/shared/events/all.ts'
import { applyInboxEvent } from '@taskflow/shared/inbox/apply-event.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { write } from '../context.ts'
import { systemAnywhere } from '../jobs/system-actor.ts'
import { addTask, foundTeam, send, sqlAsOwner, type Team } from '../testing/boards.ts'
import { inboxFactsAfter, inboxOf } from '../testing/inbox.ts'
import type { Person } from '../testing/person.ts'
import { until } from '../testing/until.ts'
import { countLeftBehind } from './counting.ts'

const test = suite('the unread count')
let app: TestApp

test.before(async () => {
  app = await createTestApp({ DATABASE_POOL: '8' })
})
test.after(() => app?.close())

const ACTS = 1_000
const AT_ONCE = 8

/** Small and the same everywhere; what a seed showed once, it shows again. */
function createRandom(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const isUnread = ({ readAt, archivedAt, snoozedUntil }: Notification) => !readAt && !archivedAt && !snoozedUntil

async function actAtRandom(team: Team, random: (below: number) => number, taskIds: string[]): Promise<unknown> {
  const people = [team.owner, team.admin, team.member]
  const [by, other] = [people[random(3)]!, people[random(3)]!]
  const task = `/api/tasks/${taskIds[random(taskIds.length)]}`
  const items = async () => (await inboxOf(team.member)).items
  const mine = async () => `/api/notifications/${(await items())[random(5)]?.id ?? crypto.randomUUID()}`
  const acts: (() => Promise<unknown>)[] = [
    () => by.fetch(`${task}/assignees/${other.userId}`, { method: 'PUT' }),
    () => by.fetch(`${task}/assignees/${other.userId}`, { method: 'DELETE' }),
    () => by.fetch(`${task}/comments`, { method: 'POST', body: { body: random(3) ? 'Well' : `@${other.name}!` } }),
    () => by.fetch(`${task}/position`, { method: 'PUT', body: { columnId: team.columns[random(3)]!.id, after: null } }),
    () => by.fetch(`${task}/watchers/${by.userId}`, { method: 'PUT' }),
    async () => taskIds.push((await addTask(by, team.boardId, { title: 'New', assigneeIds: [other.userId] })).id),
    async () => random(5) || by.fetch(`${task}?erase=${random(2) === 0}`, { method: 'DELETE' }),
    () => by.fetch(`${task}/restored`, { method: 'PUT' }),
    async () => team.member.fetch(`${await mine()}/read`, { method: random(3) ? 'PUT' : 'DELETE' }),
    async () => team.member.fetch(`${await mine()}/archived`, { method: random(3) ? 'PUT' : 'DELETE' }),
    async () =>
      team.member.fetch(`${await mine()}/snoozed`, {
        method: 'PUT',
        body: { until: new Date(Date.now() + 60_000).toISOString() },
      }),
    async () => random(4) || team.member.fetch('/api/notifications/read', { method: 'POST', body: { ids: 'all' } }),
    async () => random(4) || team.member.fetch('/api/notifications/archive', { method: 'POST', body: { ids: 'all' } }),
  ]
  return acts[random(acts.length)]!()
}

/** A tab that has followed from the beginning. */
async function followed(person: Person, from: { epoch: string; seq: number }): Promise<[InboxState, AnyEnvelope[]]> {
  const facts: AnyEnvelope[] = []
  for (let seq = from.seq; ;) {
    const more = await inboxFactsAfter(person, { epoch: from.epoch, seq })
    facts.push(...more)
    if (more.length === 0) break
    seq = more.at(-1)!.seq
  }
  return [facts.reduce<InboxState>(applyInboxEvent, { items: [], unread: 0 }), facts]
}

for (const seed of [1, 2]) {
  test(`equals the rows after a thousand acts of three people at once (${seed})`, async () => {
    const random = createRandom(seed)
    const team = await foundTeam(app)
    const people = [team.owner, team.admin, team.member]
    const starts = await Promise.all(people.map(async (person) => (await inboxOf(person)).stream))
    const taskIds: string[] = []
    for (let i = 0; i < 5; i++) taskIds.push((await addTask(team.owner, team.boardId, { title: `Task ${i}` })).id)
    for (let done = 0; done < ACTS; done += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, () => actAtRandom(team, random, taskIds)))
    await app.deps.counting.settled(app.deps)
    for (const [i, person] of people.entries()) {
      const [state, facts] = await followed(person, starts[i]!)
      const inbox = await inboxOf(person)
      const rows = state.items.filter(isUnread).length
      assert.deepEqual([state.unread, rows], [inbox.unread, inbox.unread], person.name)
      assert.deepEqual(
        inbox.items.filter((row) => !state.items.some((one) => JSON.stringify(one) === JSON.stringify(row))),
        [],
      )
      assert.equal(state.items.length, inbox.items.length)
      assert.ok(facts.length > 50, `${facts.length}`)
      assert.equal(facts.at(-1)!.type, 'inbox.counted')
      assert.ok(facts.every(({ type, actor }) => type !== 'notification.created' || actor.id !== person.userId))
    }
  })
}

test('is told within a second also if whoever should have counted is dead', async () => {
  const { member } = await foundTeam(app)
  const { stream } = await inboxOf(member)
  await write(app.deps, { actor: systemAnywhere }, async (ctx) => {
    await ctx.tx.sql('select lock_inboxes($1)', [[member.userId]])
    return { status: 204 }
  })
  await until(async () => {
    await countLeftBehind(app.deps)
    return (await inboxFactsAfter(member, stream)).length > 0
  })
  const facts = await inboxFactsAfter(member, stream)
  assert.deepEqual(
    facts.map(({ type, data }) => [type, data]),
    [['inbox.counted', { unread: 0 }]],
  )
  assert.deepEqual(await sqlAsOwner(app, 'select from inbox_dirty where user_id = $1', [member.userId]), [])
})

test('of one person that fails keeps nobody else waiting', async () => {
  const { member, admin } = await foundTeam(app)
  await sqlAsOwner(
    app,
    `create function fail() returns trigger language plpgsql as $$ begin raise exception 'broken on purpose'; end $$;
     create trigger broken before delete on inbox_dirty for each row when (old.user_id = '${member.userId}')
       execute function fail()`,
  )
  await write(app.deps, { actor: systemAnywhere }, async (ctx) => {
    await ctx.tx.sql('select lock_inboxes($1)', [[member.userId, admin.userId]])
    return { status: 204 }
  })
  const owed = async () =>
    (await sqlAsOwner<{ id: string }>(app, 'select user_id as id from inbox_dirty')).map(({ id }) => id)
  const fault = await until(() => countLeftBehind(app.deps).then(() => null, String))
  assert.match(fault, /broken on purpose/)
  assert.deepEqual(await owed(), [member.userId])
  await sqlAsOwner(app, 'drop function fail cascade')
  await countLeftBehind(app.deps)
  assert.deepEqual(await owed(), [])
})

test('follows many acts in few facts', async () => {
  const team = await foundTeam(app)
  const { stream } = await inboxOf(team.member)
  const startedAt = performance.now()
  const { id } = await addTask(team.owner, team.boardId, { title: 'Loud', assigneeIds: [team.member.userId] })
  for (let i = 0; i < 20; i++) await send(team.owner, 'POST', `/api/tasks/${id}/comments`, { body: `${i}` })
  await app.deps.counting.settled(app.deps)
  // One for each tenth of a second, however long the acts took.
  const limit = 2 + Math.floor((performance.now() - startedAt) / 100)
  const facts = await inboxFactsAfter(team.member, stream)
  const counted = facts.filter(({ type }) => type === 'inbox.counted')
  assert.equal(facts.length - counted.length, 21)
  assert.ok(counted.length <= limit, `${counted.length} of at most ${limit}`)
  assert.deepEqual(counted.at(-1)!.data, { unread: 1 })
})

test.run()
