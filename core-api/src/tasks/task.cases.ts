import type { Column, Label } from '@taskflow/shared/dto/board.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { addTask, send, snapshotOf } from '../testing/boards.ts'
import type { FactCase, FactCases, Stage } from '../testing/fact-cases.ts'

const add = ({ owner, boardId }: Stage, input: object = {}) => addTask(owner, boardId, { title: 'Some task', ...input })

/** A case on one task that is there, and with some others. */
const onTask =
  (act: (stage: Stage, id: string) => Promise<unknown>, input: object = {}): FactCase =>
  async (stage) => {
    await add(stage)
    const { id } = await add(stage, input)
    await add(stage)
    return { act: () => act(stage, id) }
  }

const secondBoard = async ({ owner, workspaceId }: Stage): Promise<{ id: string; columns: Column[] }> => {
  const { id } = await send<{ id: string }>(owner, 'POST', `/api/workspaces/${workspaceId}/boards`, { name: 'Second' })
  return { id, columns: (await snapshotOf(owner, id)).columns }
}

const full = ({ owner, member }: Stage) => ({
  description: 'With **words**',
  priority: 'high',
  assigneeIds: [member.userId, owner.userId],
  start: '2026-12-01',
  due: { date: '2026-12-24', time: '18:00', zone: 'Europe/Lisbon' },
  checklistItems: [
    { id: newId(), text: 'First', done: true, kind: 'step' },
    { id: newId(), text: 'Second', done: false, kind: 'criterion' },
  ],
})

const patch = ({ owner }: Stage, id: string, changes: object) => send(owner, 'PATCH', `/api/tasks/${id}`, changes)
const put = (what: string, body?: object) => (stage: Stage, id: string) =>
  send(stage.owner, 'PUT', `/api/tasks/${id}/${what}`, body)

export const taskCases: FactCases = {
  'task.created': [
    async (stage) => ({ act: () => add(stage) }),
    async (stage) => {
      const labels = `/api/workspaces/${stage.workspaceId}/labels`
      const label = await send<Label>(stage.owner, 'POST', labels, { name: newId(), color: 'red' })
      const parent = await add(stage)
      const more = { labelIds: [label.id], parentId: parent.id, columnId: stage.columns[2].id, after: null }
      return { act: () => add(stage, { ...full(stage), ...more }) }
    },
  ],
  'task.updated': [
    onTask((stage, id) => patch(stage, id, { title: 'Another title', ...full(stage) })),
    async (stage) => {
      const { id } = await add(stage, full(stage))
      const other = await add(stage)
      const emptied = { description: '', assigneeIds: [], start: null, due: null, checklistItems: [] }
      return { act: () => patch(stage, id, { ...emptied, blockedByIds: [other.id] }) }
    },
    onTask((stage, id) => put(`assignees/${stage.member.userId}`)(stage, id)),
    onTask((stage, id) => put(`checklist/${newId()}`, { text: 'A step', done: true, after: null })(stage, id)),
    async (stage) => {
      const { checklistItems } = full(stage)
      const { id } = await add(stage, { checklistItems })
      return { act: () => send(stage.owner, 'DELETE', `/api/tasks/${id}/checklist/${checklistItems[0]!.id}`) }
    },
    async (stage) => {
      const [{ id }, other] = [await add(stage), await add(stage)]
      return { act: () => put(`blockers/${other.id}`)(stage, id) }
    },
  ],
  'task.moved': [
    onTask((stage, id) => put('position', { columnId: stage.columns[2].id })(stage, id)),
    onTask((stage, id) => put('position', { columnId: stage.columns[0].id, after: null })(stage, id)),
    async (stage) => {
      const { id, columns } = await secondBoard(stage)
      const task = await add(stage, full(stage))
      return { boardId: id, act: () => put('position', { columnId: columns[0]!.id })(stage, task.id) }
    },
  ],
  'task.closed': [onTask(put('closed'))],
  'task.reopened': [
    async (stage) => {
      const { id } = await add(stage, { columnId: stage.columns[2].id })
      return { act: () => send(stage.owner, 'DELETE', `/api/tasks/${id}/closed`) }
    },
  ],
  'task.deleted': [
    onTask(({ owner }, id) => send(owner, 'DELETE', `/api/tasks/${id}`)),
    onTask(({ owner }, id) => send(owner, 'DELETE', `/api/tasks/${id}?erase=true`)),
    onTask(put('archived')),
    async (stage) => {
      const { columns } = await secondBoard(stage)
      const task = await add(stage)
      return { act: () => put('position', { columnId: columns[0]!.id })(stage, task.id) }
    },
  ],
  'task.restored': [
    async (stage) => {
      const { id } = await add(stage, full(stage))
      await send(stage.owner, 'DELETE', `/api/tasks/${id}`)
      return { act: () => put('restored')(stage, id) }
    },
  ],
}
