import { addTask, send } from '../testing/boards.ts'
import type { FactCases, Stage } from '../testing/fact-cases.ts'

const patch = ({ owner, boardId }: Stage, changes: object) => send(owner, 'PATCH', `/api/boards/${boardId}`, changes)
const archive = ({ owner, boardId }: Stage) => send(owner, 'PUT', `/api/boards/${boardId}/archived`)
const admit = ({ owner, boardId }: Stage, userId: string, role?: string) =>
  send(owner, 'PUT', `/api/boards/${boardId}/members/${userId}`, { role })
const dismiss = ({ owner, boardId }: Stage, userId: string) =>
  send(owner, 'DELETE', `/api/boards/${boardId}/members/${userId}`)

const assigned = (stage: Stage, ...userIds: string[]) =>
  addTask(stage.owner, stage.boardId, { title: 'Of several people', assigneeIds: [...userIds, stage.owner.userId] })

export const boardCases: FactCases = {
  'board.updated': [
    async (stage) => ({ act: () => patch(stage, { name: 'Renamed', description: 'By hand', key: 'NEWKEY' }) }),
  ],
  'board.archived': [async (stage) => ({ act: () => archive(stage) })],
  'board.restored': [
    async (stage) => {
      await archive(stage)
      return { act: () => send(stage.owner, 'DELETE', `/api/boards/${stage.boardId}/archived`) }
    },
  ],
  'access.granted': [
    async (stage) => ({ act: () => admit(stage, stage.guest.userId) }),
    async (stage) => {
      await patch(stage, { visibility: 'private' })
      return { act: () => admit(stage, stage.member.userId, 'commenter') }
    },
    async (stage) => {
      await patch(stage, { visibility: 'private' })
      await admit(stage, stage.guest.userId)
      return { act: () => patch(stage, { visibility: 'workspace', name: 'For all' }) }
    },
  ],
  'access.revoked': [
    async (stage) => {
      await admit(stage, stage.guest.userId)
      await assigned(stage, stage.guest.userId)
      return { act: () => dismiss(stage, stage.guest.userId) }
    },
    async (stage) => {
      await admit(stage, stage.admin.userId, 'viewer')
      await admit(stage, stage.guest.userId)
      await assigned(stage, stage.member.userId, stage.admin.userId)
      return { act: () => patch(stage, { visibility: 'private', name: 'For few' }) }
    },
  ],
}
