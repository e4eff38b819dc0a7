import { addTask, send } from '../testing/boards.ts'
import type { FactCases, Stage } from '../testing/fact-cases.ts'

const fill = async ({ owner, boardId }: Stage, columnId: string, titles: string[]) => {
  for (const title of titles) await addTask(owner, boardId, { title, columnId, due: `2026-12-0${title.length}` })
}

export const columnCases: FactCases = {
  'column.created': [
    async ({ owner, boardId, columns }) => ({
      act: () =>
        send(owner, 'POST', `/api/boards/${boardId}/columns`, {
          name: 'Review',
          color: 'violet',
          wipLimit: 2,
          wipMode: 'hard',
          before: columns[2].id,
        }),
    }),
  ],
  'column.updated': [
    async ({ owner, columns }) => ({
      act: () => send(owner, 'PATCH', `/api/columns/${columns[0].id}`, { name: 'Next', color: 'teal', done: true }),
    }),
  ],
  'column.moved': [
    async ({ owner, columns }) => ({
      act: () => send(owner, 'PUT', `/api/columns/${columns[2].id}/position`, { after: null }),
    }),
  ],
  'column.sorted': [
    async (stage) => {
      const [todo] = stage.columns
      await fill(stage, todo.id, ['ccc', 'a', 'bb'])
      return { act: () => send(stage.owner, 'POST', `/api/columns/${todo.id}/sort`, { by: 'due' }) }
    },
  ],
  'column.deleted': [
    async ({ owner, columns }) => ({ act: () => send(owner, 'DELETE', `/api/columns/${columns[1].id}`) }),
    async (stage) => {
      const [todo, , done] = stage.columns
      await fill(stage, todo.id, ['ccc', 'a', 'bb'])
      await fill(stage, done.id, ['dddd'])
      return { act: () => send(stage.owner, 'DELETE', `/api/columns/${todo.id}?moveTo=${done.id}`) }
    },
  ],
}
