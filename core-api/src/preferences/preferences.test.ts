import type { Preferences } from '@taskflow/shared/dto/preferences.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, expectRefused, foundTeam, send, sqlAsOwner, type Team } from '../testing/boards.ts'
import { inboxOf } from '../testing/inbox.ts'
import type { Person } from '../testing/person.ts'
import { endOfQuietHours } from './quiet-hours.ts'

const test = suite('preferences')
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp()
})
test.before.each(async () => {
  team = await foundTeam(app)
})
test.after(() => app?.close())

const preferencesOf = (person: Person) => send<Preferences>(person, 'GET', '/api/me/preferences')
const set = (person: Person, body: object) => send<Preferences>(person, 'PUT', '/api/me/preferences', body)
const mailsTo = ({ userId }: Person) =>
  sqlAsOwner<{ wait: number; purpose: string }>(
    app,
    `select purpose, extract(epoch from next_attempt_at - created_at)::int as wait from delivery
     where user_id = $1 and kind = 'email' and purpose in ('notification', 'digest')`,
    [userId],
  )
const assign = (...people: Person[]) =>
  addTask(team.owner, team.boardId, { title: 'Task', assigneeIds: people.map(({ userId }) => userId) })

test('assignments, mentions, due dates and lost webhooks come by mail as well, the rest in the app alone', async () => {
  const { matrix, digest, quietHours, mailDelayMinutes, muted } = await preferencesOf(team.member)
  const mailed = Object.entries(matrix).flatMap(([event, { email }]) => (email ? [event] : []))
  assert.deepEqual(mailed.toSorted(), ['assigned', 'due_soon', 'mentioned', 'overdue', 'reminder', 'webhook_disabled'])
  assert.ok(Object.values(matrix).every(({ app: inTheApp, push, webhook }) => inTheApp && !push && !webhook))
  assert.deepEqual([digest, quietHours, mailDelayMinutes], ['instant', null, 5])
  assert.deepEqual(muted, { workspaceIds: [], boardIds: [] })
})

test('what is named changes, and nothing else', async () => {
  await set(team.member, { matrix: { commented: { email: true } }, digest: 'daily' })
  const after = await set(team.member, {
    matrix: { commented: { push: true } },
    quietHours: { from: '22:00', to: '07:00' },
  })
  assert.deepEqual(after.matrix.commented, { app: true, email: true, push: true, webhook: false })
  assert.deepEqual([after.digest, after.quietHours], ['daily', { from: '22:00', to: '07:00' }])
  await send(team.member, 'PUT', `/api/boards/${team.boardId}/muted`)
  assert.deepEqual((await preferencesOf(team.member)).muted, { workspaceIds: [], boardIds: [team.boardId] })
  assert.equal((await preferencesOf(team.admin)).digest, 'instant')
})

test('a mail waits as long as its person wants, and for the end of their quiet hours', async () => {
  await set(team.member, { mailDelayMinutes: 30 })
  await set(team.admin, { quietHours: { from: '00:00', to: '00:00' } })
  await assign(team.member, team.admin)
  assert.deepEqual(await mailsTo(team.member), [{ purpose: 'notification', wait: 1800 }])
  const [quiet] = await mailsTo(team.admin)
  assert.ok(quiet!.wait > 300 || new Date().getUTCHours() === 23)
})

test('whoever wants mail but nothing in the app gets just that', async () => {
  await set(team.member, { matrix: { assigned: { app: false } } })
  await set(team.admin, { matrix: { assigned: { email: false } } })
  await assign(team.member, team.admin)
  assert.deepEqual([(await inboxOf(team.member)).items.length, (await mailsTo(team.member)).length], [0, 1])
  assert.deepEqual([(await inboxOf(team.admin)).items.length, (await mailsTo(team.admin)).length], [1, 0])
})

test('wrong times, events and channels are refused', async () => {
  const wrong = [
    { quietHours: { from: '25:00', to: '07:00' } },
    { matrix: { nothing: { app: true } } },
    { matrix: { assigned: { pigeon: true } } },
    { digest: 'sometimes' },
    { mailDelayMinutes: -1 },
  ]
  for (const body of wrong) await expectRefused([team.member, 'PUT', '/api/me/preferences', body], 400)
})

const quiet: [at: string, from: string, to: string, zone: string, end: string | null][] = [
  ['2026-11-20T23:00:00Z', '22:00', '07:00', 'UTC', '2026-11-21T07:00:00.000Z'],
  ['2026-11-21T06:59:00Z', '22:00', '07:00', 'UTC', '2026-11-21T07:00:00.000Z'],
  ['2026-11-21T07:00:00Z', '22:00', '07:00', 'UTC', null],
  ['2026-11-20T12:30:00Z', '12:00', '13:00', 'UTC', '2026-11-20T13:00:00.000Z'],
  ['2026-11-20T14:00:00Z', '22:00', '07:00', 'Asia/Tokyo', '2026-11-20T22:00:00.000Z'],
  ['2026-11-20T12:00:00Z', '22:00', '07:00', 'Asia/Tokyo', null],
  // The night in which the clocks go forward.
  ['2026-03-28T22:00:00Z', '22:00', '07:00', 'Europe/Berlin', '2026-03-29T05:00:00.000Z'],
]

for (const [at, from, to, zone, end] of quiet) {
  test(`at ${at}, quiet from ${from} to ${to} in ${zone} ends ${end ?? 'never, it is not quiet'}`, () => {
    assert.equal(endOfQuietHours({ from, to }, new Date(at), zone)?.toISOString() ?? null, end)
  })
}

test.run()
