import type { BoardSnapshot, Label } from '@taskflow/shared/dto/board.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, expectSnapshotFollows, foundTeam, send, type Team } from '../testing/boards.ts'

const test = suite('what a task is told')
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
})
test.after(() => app?.close())

test('an id in capital letters is the same id, in answers, facts and snapshots alike', async () => {
  const loud = (id: string) => id.toUpperCase()
  const labels = `/api/workspaces/${loud(team.workspaceId)}/labels`
  const label = await send<Label>(team.owner, 'POST', labels, { id: loud(newId()), name: newId(), color: 'red' })
  const other = await addTask(team.owner, team.boardId, { title: 'Other' })
  await expectSnapshotFollows(team.owner, team.boardId, async () => {
    const more = { id: loud(newId()), columnId: loud(team.columns[0].id), labelIds: [loud(label.id)] }
    const { id } = await addTask(team.owner, loud(team.boardId), { title: 'Loud', ...more })
    const path = `/api/tasks/${loud(id)}`
    await send(team.owner, 'PATCH', path, { blockedByIds: [loud(other.id)], parentId: loud(other.id) })
    await send(team.owner, 'PUT', `${path}/assignees/${loud(team.member.userId)}`)
    await send(team.owner, 'PUT', `${path}/position`, { columnId: loud(team.columns[1].id), after: null })
  })
  const read = (id: string) => send<BoardSnapshot>(team.owner, 'GET', `/api/boards/${id}`)
  const before = await read(loud(team.boardId))
  assert.equal(before.stream.id, `b:${team.boardId}`)
  await addTask(team.owner, team.boardId, { title: 'Later' })
  assert.equal((await read(loud(team.boardId))).stream.seq, before.stream.seq + 1)
})

test('dates that no calendar or no column takes are refused by the name of their field', async () => {
  const task = await addTask(team.owner, team.boardId, { title: 'Some day' })
  const edge = { date: '9999-12-31', time: '23:59', zone: 'America/New_York' }
  for (const due of ['0000-01-01', '2026-02-30', 'tomorrow', 5, {}, edge, '9999-12-31T23:59:00-05:00']) {
    const answer = await team.owner.fetch(`/api/tasks/${task.id}`, { method: 'PATCH', body: { due } })
    assert.equal(answer.status, 400, JSON.stringify(due))
    const { errors } = (await answer.json()) as { errors: { path: string; message: string }[] }
    assert.equal(errors[0]!.path, 'due')
    assert.notEqual(errors[0]!.message, 'Invalid input')
  }
  await send<Task>(team.owner, 'PATCH', `/api/tasks/${task.id}`, { due: { ...edge, date: '9998-12-31' } })
})

test('a time without a zone is meant where the person is', async () => {
  const due = { date: '2026-11-20', time: '17:00' }
  await send(team.member, 'PATCH', '/api/me', { timeZone: 'Asia/Kathmandu' })
  const task = await addTask(team.member, team.boardId, { title: 'Call', due })
  assert.deepEqual(task.due, { ...due, zone: 'Asia/Kathmandu', at: '2026-11-20T11:15:00.000Z' })
  const edit = (start: object) => send<Task>(team.member, 'PATCH', `/api/tasks/${task.id}`, { start })
  assert.equal((await edit({ ...due, time: '16:00' })).start!.at, '2026-11-20T10:15:00.000Z')
  assert.equal((await edit({ ...due, time: '10:00', zone: 'UTC' })).start!.at, '2026-11-20T10:00:00.000Z')
})

test('a checklist names each item once', async () => {
  const task = await addTask(team.owner, team.boardId, { title: 'Steps' })
  const item = { id: newId(), text: 'Step', done: false, kind: 'step' }
  const answer = await team.owner.fetch(`/api/tasks/${task.id}`, {
    method: 'PATCH',
    body: { checklistItems: [item, { ...item, id: item.id.toUpperCase() }] },
  })
  assert.equal(answer.status, 400)
})

test.run()
