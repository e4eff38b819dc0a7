import type { Task } from '@taskflow/shared/dto/task.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import {
  addTask,
  expectRefused,
  factsAfter,
  foundTeam,
  send,
  snapshotOf,
  sqlAsOwner,
  type Team,
} from '../testing/boards.ts'
import { createTestClock } from '../testing/clock.ts'
import { until } from '../testing/until.ts'
import { followTask } from './following.ts'

const test = suite('tasks that repeat')
const clock = createTestClock(Date.parse('2026-11-20T09:00:00.000Z'))
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp({}, clock)
  team = await foundTeam(app)
})
test.after(() => app?.close())

const weekly = { rrule: 'FREQ=WEEKLY', zone: 'Europe/Berlin', anchor: 'due' }
const friday = { date: '2026-11-20', time: '17:00', zone: 'Europe/Berlin' }

const repeating = (input: object = {}) =>
  addTask(team.owner, team.boardId, { title: `Water ${newId()}`, due: friday, recurrence: weekly, ...input })
const act = <T = Task>(method: string, id: string, what = '', body?: object) =>
  send<T>(team.owner, method, `/api/tasks/${id}${what}`, body)
const close = (id: string) => act('PUT', id, '/closed')

async function openOnes(title: string): Promise<Task[]> {
  const { tasks } = await snapshotOf(team.owner, team.boardId)
  const open = tasks.filter((task) => task.title === title && !task.closedAt)
  return Promise.all(open.map(({ id }) => act('GET', id)))
}

const nextOf = async ({ title, id }: Task): Promise<Task> =>
  until(async () => (await openOnes(title)).find((task) => task.id !== id))

/** Closed, and whatever should have followed has. */
async function closeForGood({ id, columnId }: Task): Promise<void> {
  await close(id)
  await followTask(app.deps, { workspaceId: team.workspaceId, taskId: id, columnId })
}

test('the next one comes when one is closed, with all that it carries and nothing ticked', async () => {
  const { owner, member, workspaceId, columns } = team
  const label = await send<{ id: string }>(owner, 'POST', `/api/workspaces/${workspaceId}/labels`, { name: 'Home' })
  const task = await repeating({
    columnId: columns[1].id,
    description: 'All *of* them',
    priority: 'high',
    assigneeIds: [member.userId],
    labelIds: [label.id],
    start: { date: '2026-11-18', time: '08:00', zone: 'Europe/Berlin' },
    checklistItems: [{ id: newId(), text: 'Ferns', done: true, kind: 'step' }],
  })
  await send(member, 'PUT', `/api/tasks/${task.id}/reminders`, { reminders: [{ kind: '1h' }] })
  await close(task.id)
  const next = await nextOf(task)
  const { description, priority, assigneeIds, labelIds, recurrence, columnId } = task
  assert.deepEqual(
    { ...next, id: 0 },
    { ...next, id: 0, description, priority, assigneeIds, labelIds, recurrence, columnId, closedAt: null },
  )
  assert.deepEqual(next.due, { ...friday, date: '2026-11-27', at: '2026-11-27T16:00:00.000Z' })
  assert.equal(next.start!.at, '2026-11-25T07:00:00.000Z')
  assert.deepEqual(
    next.checklistItems.map(({ text, done }) => [text, done]),
    [['Ferns', false]],
  )
  assert.notEqual(next.checklistItems[0]!.id, task.checklistItems[0]!.id)
  const reminders = await sqlAsOwner(app, 'select iso(at) as at from reminder where task_id = $1 and own', [next.id])
  assert.deepEqual(reminders, [{ at: '2026-11-27T15:00:00.000Z' }])
})

test('a reminder at a time of one’s own keeps its hour where its person is, whatever the clocks do', async () => {
  const { member, owner } = team
  await send(member, 'PATCH', '/api/me', { timeZone: 'Europe/Berlin' })
  const { id, title } = await repeating({ due: '2027-03-26' })
  await send(member, 'PUT', `/api/tasks/${id}/reminders`, {
    reminders: [{ kind: 'custom', at: '2027-03-25T08:00:00Z' }],
  })
  await send(owner, 'PUT', `/api/tasks/${id}/closed`)
  const [next] = await openOnes(title)
  const { items } = await send<{ items: { at: string }[] }>(member, 'GET', `/api/tasks/${next!.id}/reminders`)
  assert.deepEqual(
    items.map(({ at }) => at),
    ['2027-04-01T07:00:00.000Z'],
  )
})

test('whoever closes one sees the next when they look', async () => {
  const task = await repeating()
  await close(task.id)
  assert.equal((await openOnes(task.title)).length, 1)
})

test('a move into a done column closes, and so does one of many', async () => {
  const [moved, bulk] = [await repeating(), await repeating()]
  await act('PUT', moved.id, '/position', { columnId: team.columns[2].id })
  await send(team.owner, 'POST', `/api/boards/${team.boardId}/tasks/bulk`, { ids: [bulk.id], act: { type: 'close' } })
  for (const task of [moved, bulk]) {
    const next = await nextOf(task)
    assert.deepEqual([next.due!.date, next.columnId], ['2026-11-27', team.columns[0].id])
  }
})

test('a column that is emptied into a done one closes what lies in it', async () => {
  const { owner, boardId, columns } = team
  const column = await send<{ id: string }>(owner, 'POST', `/api/boards/${boardId}/columns`, { name: 'Going' })
  const task = await repeating({ columnId: column.id })
  await send(owner, 'DELETE', `/api/columns/${column.id}?moveTo=${columns[2].id}`)
  assert.equal((await nextOf(task)).due!.date, '2026-11-27')
})

test('what is closed before it repeats is followed too, once', async () => {
  const done = await repeating({ columnId: team.columns[2].id })
  assert.deepEqual(
    (await openOnes(done.title)).map(({ due, columnId }) => [due!.date, columnId]),
    [['2026-11-27', team.columns[0].id]],
  )
  const late = await repeating({ recurrence: null, due: '2026-10-02' })
  await close(late.id)
  await act('PUT', late.id, '/recurrence', weekly)
  assert.deepEqual(
    (await openOnes(late.title)).map(({ due }) => due!.date),
    ['2026-11-20'],
  )
  await act('DELETE', late.id, '/recurrence')
  await expectRefused([team.owner, 'PUT', `/api/tasks/${late.id}/recurrence`, weekly], 409, 'recurrence.followed')
})

test('there is one next, however often it is closed and whoever sees to it', async () => {
  const task = await repeating()
  const followed = { workspaceId: team.workspaceId, taskId: task.id, columnId: task.columnId }
  await close(task.id)
  await Promise.all(Array.from({ length: 6 }, () => followTask(app.deps, followed)))
  await act('DELETE', task.id, '/closed')
  await closeForGood(task)
  assert.equal((await openOnes(task.title)).length, 1)
})

/** Closed, reopened, and what had followed is in the trash. */
async function takenBack(): Promise<{ task: Task; trashed: Task }> {
  const task = await repeating()
  await close(task.id)
  const trashed = await nextOf(task)
  await act('DELETE', task.id, '/closed')
  await act('DELETE', trashed.id)
  clock.advance(1000)
  return { task, trashed }
}

test('one whose next is in the trash, or gone for good, is followed when it is closed again', async () => {
  const [{ task, trashed }, other] = [await takenBack(), await takenBack()]
  await sqlAsOwner(app, 'delete from task where id = $1', [other.trashed.id])
  await act('PATCH', task.id, '', { priority: 'low' })
  for (const one of [task, other.task]) await close(one.id)
  const next = await nextOf(task)
  assert.deepEqual([next.due!.date, next.priority], ['2026-11-27', 'low'])
  assert.equal((await nextOf(other.task)).due!.date, '2026-11-27')

  await act('PUT', trashed.id, '/restored')
  await closeForGood(trashed)
  assert.deepEqual(
    (await openOnes(task.title)).map(({ id }) => id),
    [next.id],
  )
  await close(next.id)
  assert.equal((await nextOf(next)).due!.date, '2026-12-04')
})

test('one whose next is in the trash can be skipped, and takes its place', async () => {
  const { task, trashed } = await takenBack()
  assert.equal((await act('POST', task.id, '/recurrence/skip')).due!.date, '2026-11-27')
  await act('PUT', trashed.id, '/restored')
  await closeForGood(trashed)
  await close(task.id)
  const open = await openOnes(task.title)
  assert.deepEqual(
    open.map(({ due }) => due!.date),
    ['2026-12-04'],
  )
})

test('one whose next is gone, but was followed itself, is followed by nothing more', async () => {
  const task = await repeating()
  await close(task.id)
  const second = await nextOf(task)
  await close(second.id)
  const third = await nextOf(second)
  await act('DELETE', task.id, '/closed')
  await act('DELETE', second.id)
  clock.advance(1000)
  await closeForGood(task)
  await sqlAsOwner(app, 'delete from task where id = $1', [second.id])
  await act('DELETE', task.id, '/closed')
  await closeForGood(task)
  assert.deepEqual(
    (await openOnes(task.title)).map(({ id }) => id),
    [third.id],
  )
})

test('what was thrown away since the task was closed does not come back by a job that is late', async () => {
  const task = await repeating()
  await close(task.id)
  await act('DELETE', (await nextOf(task)).id)
  await followTask(app.deps, { workspaceId: team.workspaceId, taskId: task.id, columnId: task.columnId })
  assert.equal((await openOnes(task.title)).length, 0)
})

test('what died between closing and following is made up for by the job that was left with the closing', async () => {
  const task = await repeating()
  await close(task.id)
  const [job] = await sqlAsOwner<{ data: Parameters<typeof followTask>[1] }>(
    app,
    `select data from pgboss.job where name = 'recurrence.follow' and data ->> 'taskId' = $1`,
    [task.id],
  )
  const next = await nextOf(task)
  await sqlAsOwner(app, 'delete from task where id = $1', [next.id])
  await sqlAsOwner(app, 'update recurrence set next_id = null where task_id = $1', [task.id])
  await followTask(app.deps, job!.data)
  assert.equal((await openOnes(task.title)).length, 1)
})

test('the board hears of the next as of any task that is created, by the system', async () => {
  const task = await repeating()
  const { stream } = await snapshotOf(team.owner, team.boardId)
  await close(task.id)
  const next = await nextOf(task)
  const facts = await factsAfter(team.owner, boardStream(team.boardId), stream)
  assert.deepEqual(
    facts.map(({ type, actor, data }) => [type, actor.kind, (data as Task).id]),
    [
      ['task.closed', 'user', task.id],
      ['task.created', 'system', next.id],
    ],
  )
})

test('by completion the next is counted from the day on which it was done', async () => {
  const task = await repeating({ recurrence: { ...weekly, anchor: 'completion' }, due: '2026-11-30' })
  await close(task.id)
  assert.equal((await nextOf(task)).due!.date, '2026-11-27')
})

test('the 31st comes back after a short month', async () => {
  const monthly = { rrule: 'FREQ=MONTHLY', zone: 'Europe/Berlin' }
  let task = await repeating({ recurrence: monthly, due: '2027-01-31' })
  const dates = []
  for (let i = 0; i < 3; i++) {
    await close(task.id)
    task = await nextOf(task)
    dates.push(task.due!.date)
    await act('PATCH', task.id, '', { title: newId() })
    task = await act('GET', task.id)
  }
  assert.deepEqual(dates, ['2027-02-28', '2027-03-31', '2027-04-30'])
})

test('the 31st comes back after a short month also where only the time, the end or the anchor changes there', async () => {
  const zone = 'Europe/Berlin'
  const monthly = { rrule: 'FREQ=MONTHLY', zone }
  const inFebruary = async (rrule = monthly.rrule, due = '2027-01-31') => {
    const task = await repeating({ recurrence: { rrule, zone }, due })
    return act('POST', task.id, '/recurrence/skip')
  }
  const dateAfter = async ({ id }: Task) => (await act('POST', id, '/recurrence/skip')).due!
  const put =
    (rrule: string, more = {}) =>
    async (task: Task) =>
      (await act('PUT', task.id, '/recurrence', { rrule, zone, ...more })).recurrence!.rrule

  const later = await inFebruary()
  await act('PATCH', later.id, '', { due: { date: '2027-02-28', time: '10:00', zone }, scope: 'following' })
  assert.equal((await dateAfter(later)).at, '2027-03-31T08:00:00.000Z')

  const ending = await inFebruary()
  assert.equal(await put('FREQ=MONTHLY;UNTIL=20271231')(ending), 'FREQ=MONTHLY;UNTIL=20271231')
  assert.equal((await dateAfter(ending)).date, '2027-03-31')

  const counted = await inFebruary()
  assert.equal(await put('FREQ=MONTHLY;COUNT=2')(counted), 'FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2')
  assert.equal((await dateAfter(counted)).date, '2027-03-31')
  await expectRefused([team.owner, 'POST', `/api/tasks/${counted.id}/recurrence/skip`], 409, 'recurrence.ended')

  const leap = await inFebruary('FREQ=YEARLY', '2028-02-29')
  await put('FREQ=YEARLY', { anchor: 'completion' })(leap)
  assert.equal(leap.due!.date, '2029-02-28')
  await act('PATCH', leap.id, '', { due: { date: '2029-02-28', time: '10:00', zone }, scope: 'following' })
  await put('FREQ=YEARLY')(leap)
  for (const date of ['2030-02-28', '2031-02-28', '2032-02-29']) assert.equal((await dateAfter(leap)).date, date)
})

test('a series ends with its count', async () => {
  const task = await repeating({ recurrence: { ...weekly, rrule: 'FREQ=WEEKLY;COUNT=2' } })
  await close(task.id)
  const last = await nextOf(task)
  await closeForGood(last)
  assert.equal((await openOnes(task.title)).length, 0)
  const other = await repeating({ recurrence: { ...weekly, rrule: 'FREQ=WEEKLY;COUNT=1' } })
  await expectRefused([team.owner, 'POST', `/api/tasks/${other.id}/recurrence/skip`], 409, 'recurrence.ended')
})

test('one that is skipped is due when the next would be', async () => {
  const task = await repeating({ start: '2026-11-19' })
  const skipped = await act('POST', task.id, '/recurrence/skip')
  assert.deepEqual([skipped.due!.date, skipped.start!.date], ['2026-11-27', '2026-11-26'])
  await close(task.id)
  assert.equal((await nextOf(task)).due!.date, '2026-12-04')
})

test('another date of one does not move those that follow, unless it is meant for all', async () => {
  const task = await repeating({ start: '2026-11-19' })
  await act('PATCH', task.id, '', { due: '2026-11-24' })
  await close(task.id)
  const next = await nextOf(task)
  assert.deepEqual([next.due!.date, next.due!.time, next.start!.date], ['2026-11-27', '17:00', '2026-11-26'])
  await act('PATCH', next.id, '', { due: { ...friday, date: '2026-11-28', time: '10:00' }, scope: 'following' })
  await close(next.id)
  assert.equal((await nextOf(next)).due!.at, '2026-12-05T09:00:00.000Z')
})

test('a day that the rule names moves along when all that follow move', async () => {
  const moves: [rrule: string, from: string, to: string, next: string, rule: string][] = [
    ['FREQ=WEEKLY;BYDAY=FR', '2026-12-04', '2026-12-07', '2026-12-14', 'FREQ=WEEKLY;BYDAY=MO'],
    ['FREQ=WEEKLY;BYDAY=MO,FR', '2026-12-04', '2026-12-02', '2026-12-07', 'FREQ=WEEKLY;BYDAY=MO,WE'],
    ['FREQ=MONTHLY;BYMONTHDAY=31', '2026-12-31', '2026-12-15', '2027-01-15', 'FREQ=MONTHLY;BYMONTHDAY=15'],
    ['FREQ=MONTHLY;BYMONTHDAY=15,31', '2026-12-31', '2027-01-05', '2027-01-15', 'FREQ=MONTHLY;BYMONTHDAY=5,15'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', '2026-11-30', '2026-12-01', '2027-01-01', 'FREQ=MONTHLY;BYMONTHDAY=1'],
    [
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
      '2027-02-28',
      '2027-03-01',
      '2028-03-01',
      'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1',
    ],
    ['FREQ=MONTHLY;BYDAY=-1FR', '2027-02-26', '2027-02-25', '2027-03-25', 'FREQ=MONTHLY;BYDAY=-1TH'],
    ['FREQ=MONTHLY;BYDAY=-1FR', '2026-12-25', '2026-12-24', '2027-01-28', 'FREQ=MONTHLY;BYDAY=4TH'],
    ['FREQ=MONTHLY;BYDAY=2TU,4TU', '2026-12-22', '2026-12-29', '2027-01-12', 'FREQ=MONTHLY;BYDAY=-1TU,2TU'],
    ['FREQ=MONTHLY;BYDAY=2TU', '2026-12-08', '2027-01-12', '2027-02-09', 'FREQ=MONTHLY;BYDAY=2TU'],
    ['FREQ=MONTHLY;BYDAY=MO,FR', '2026-12-04', '2026-12-03', '2026-12-07', 'FREQ=MONTHLY;BYDAY=MO,TH'],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      '2026-12-31',
      '2026-12-30',
      '2027-01-28',
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
    ],
    ['FREQ=MONTHLY;BYDAY=-1FR', '2026-12-01', '2026-12-02', '2026-12-25', 'FREQ=MONTHLY;BYDAY=-1FR'],
    ['FREQ=WEEKLY;BYDAY=FR', '2026-12-04', '2026-12-11', '2026-12-18', 'FREQ=WEEKLY;BYDAY=FR'],
  ]
  for (const [rrule, from, to, expected, rule] of moves) {
    const task = await repeating({ due: from, recurrence: { rrule, zone: 'UTC' } })
    const { recurrence } = await act('PATCH', task.id, '', { due: to, scope: 'following' })
    assert.equal(recurrence!.rrule, rule)
    await close(task.id)
    assert.equal((await nextOf(task)).due!.date, expected, rrule)
  }
})

test('a day that the rule cannot say is refused when all that follow move', async () => {
  const workdays = { rrule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', zone: 'UTC' }
  const { id } = await repeating({ due: '2026-12-31', recurrence: workdays })
  const move = (due: string): [typeof team.owner, string, string, object] => [
    team.owner,
    'PATCH',
    `/api/tasks/${id}`,
    { due, scope: 'following' },
  ]
  await expectRefused([...move('2027-01-02')], 409, 'recurrence.no_such_day')
  await expectRefused([...move('2027-01-15')], 409, 'recurrence.no_such_day')
})

test('what was missed is not made up for when all that follow move', async () => {
  const task = await repeating({ due: '2026-11-14', recurrence: { rrule: 'FREQ=DAILY;COUNT=10', zone: 'UTC' } })
  await close(task.id)
  const next = await nextOf(task)
  assert.equal(next.due!.date, '2026-11-20')
  const { recurrence } = await act('PATCH', next.id, '', { due: '2026-11-21', scope: 'following' })
  assert.equal(recurrence!.rrule, 'FREQ=DAILY;COUNT=4')
})

test('what is written into one goes on to the next, unless it is meant for this one only', async () => {
  const task = await repeating({ description: 'Always' })
  await act('PATCH', task.id, '', { description: 'Only now', scope: 'this' })
  await act('PATCH', task.id, '', { priority: 'low' })
  await close(task.id)
  const next = await nextOf(task)
  assert.deepEqual([next.description, next.priority], ['Always', 'low'])
})

test('a step that comes or goes for this one only is not handed on, any other is', async () => {
  const items = ['Ferns', 'Roses'].map((text) => ({ id: newId(), text, done: false, kind: 'step' }))
  const task = await repeating({ checklistItems: items })
  const stepsOfNext = async (from: Task) => (await nextOf(from)).checklistItems.map(({ text }) => text)
  await act('PUT', task.id, `/checklist/${newId()}`, { text: 'Moss', scope: 'this' })
  await act('DELETE', task.id, `/checklist/${items[0]!.id}?scope=this`)
  await close(task.id)
  assert.deepEqual(await stepsOfNext(task), ['Ferns', 'Roses'])
  const next = await nextOf(task)
  await act('PUT', next.id, `/checklist/${newId()}`, { text: 'Ivy' })
  await close(next.id)
  assert.deepEqual(await stepsOfNext(next), ['Ferns', 'Roses', 'Ivy'])
})

test('one that is stopped is followed by nothing', async () => {
  const task = await repeating()
  assert.equal((await act('DELETE', task.id, '/recurrence')).recurrence, null)
  await closeForGood(task)
  assert.equal((await openOnes(task.title)).length, 0)
})

test('another rule counts from the task on which it is set, and only on the last of a series', async () => {
  const task = await repeating()
  await close(task.id)
  const next = await nextOf(task)
  const daily = { ...weekly, rrule: 'FREQ=DAILY;INTERVAL=3' }
  await expectRefused([team.owner, 'PUT', `/api/tasks/${task.id}/recurrence`, daily], 409, 'recurrence.followed')
  assert.deepEqual((await act('PUT', next.id, '/recurrence', daily)).recurrence, daily)
  await close(next.id)
  assert.equal((await nextOf(next)).due!.date, '2026-11-30')
})

test('a task without a due date is due today when it is to repeat', async () => {
  const task = await addTask(team.owner, team.boardId, { title: newId() })
  const { due, recurrence } = await act('PUT', task.id, '/recurrence', {
    rrule: 'rrule:freq=daily',
    zone: 'Asia/Tokyo',
  })
  assert.deepEqual([due!.date, recurrence], ['2026-11-20', { rrule: 'FREQ=DAILY', zone: 'Asia/Tokyo', anchor: 'due' }])
})

test('a copy begins a series of its own', async () => {
  const task = await repeating()
  const copy = await act('POST', task.id, '/duplicate', {})
  await closeForGood(task)
  await closeForGood(copy)
  assert.equal((await openOnes(task.title)).length, 2)
})

test('a full column does not keep the next from coming', async () => {
  const { owner, boardId, workspaceId, columns } = team
  const narrow = { name: 'Narrow', wipLimit: 1, wipMode: 'hard' }
  const { id: columnId } = await send<{ id: string }>(owner, 'POST', `/api/boards/${boardId}/columns`, narrow)
  const task = await repeating({ columnId })
  await close(task.id)
  assert.equal((await nextOf(task)).columnId, columnId)
  await sqlAsOwner(app, 'update recurrence set next_id = null, series_id = gen_random_uuid() where task_id = $1', [
    task.id,
  ])
  await followTask(app.deps, { workspaceId, taskId: task.id, columnId })
  assert.deepEqual((await openOnes(task.title)).map((one) => one.columnId).sort(), [columnId, columns[0].id].sort())
})

test('a rule that is none, and a zone that is none, are refused by their names', async () => {
  const task = await repeating()
  const put = (body: object) => [team.owner, 'PUT', `/api/tasks/${task.id}/recurrence`, body] as const
  await expectRefused([...put({ rrule: 'FREQ=HOURLY' })], 400, 'recurrence.rule')
  await expectRefused([...put({ rrule: 'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,-1' })], 400, 'recurrence.rule')
  await expectRefused([...put({ rrule: 'FREQ=DAILY', zone: 'Mars/Olympus' })], 400)
  await expectRefused([...put({ rrule: 'FREQ=DAILY', anchor: 'never' })], 400)
})

test('a preview says the dates and the words', async () => {
  const { dates, words } = await send<{ dates: { date: string }[]; words: object }>(
    team.owner,
    'POST',
    '/api/recurrence/preview',
    { rrule: 'FREQ=MONTHLY;BYMONTHDAY=31', start: '2026-12-31', zone: 'Europe/Berlin', count: 3 },
  )
  assert.deepEqual(
    dates.map(({ date }) => date),
    ['2026-12-31', '2027-01-31', '2027-02-28'],
  )
  assert.deepEqual(words, { en: 'every month on the 31st', de: 'jeden Monat am 31.' })
})

test.run()
