import { addTask, send } from '../testing/boards.ts'
import type { FactCases, Stage } from '../testing/fact-cases.ts'
import { until } from '../testing/until.ts'

const recurrence = { rrule: 'FREQ=WEEKLY', zone: 'Europe/Lisbon', anchor: 'due' }
const add = ({ owner, boardId }: Stage, more: object = {}) => addTask(owner, boardId, { title: 'Again', ...more })

export const recurrenceCases: FactCases = {
  'task.updated': [
    async (stage) => {
      const { id } = await add(stage)
      return { act: () => send(stage.owner, 'PUT', `/api/tasks/${id}/recurrence`, recurrence) }
    },
    async (stage) => {
      const { id } = await add(stage, { recurrence, start: '2026-11-30', due: '2026-12-01' })
      return { act: () => send(stage.owner, 'POST', `/api/tasks/${id}/recurrence/skip`) }
    },
  ],
  'task.created': [
    async (stage) => {
      const { id } = await add(stage, { recurrence, due: '2026-12-01', assigneeIds: [stage.member.userId] })
      const { items } = await boardTasks(stage)
      const act = async () => {
        await send(stage.owner, 'PUT', `/api/tasks/${id}/closed`)
        await until(async () => (await boardTasks(stage)).items.length > items.length)
      }
      return { act }
    },
  ],
}

const boardTasks = ({ owner, boardId }: Stage) =>
  send<{ items: unknown[] }>(owner, 'GET', `/api/boards/${boardId}/tasks`)
