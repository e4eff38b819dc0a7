import type { Comment } from '@taskflow/shared/dto/task.ts'
import { addTask, send } from '../testing/boards.ts'
import type { FactCase, FactCases, Stage } from '../testing/fact-cases.ts'

const comment = ({ member }: Stage, taskId: string) =>
  send<Comment>(member, 'POST', `/api/tasks/${taskId}/comments`, { body: 'I am on it' })

/** A case on the second of two comments on a task. */
const onComment =
  (act: (stage: Stage, id: string) => Promise<unknown>): FactCase =>
  async (stage) => {
    const task = await addTask(stage.owner, stage.boardId, { title: 'Discussed' })
    await comment(stage, task.id)
    const { id } = await comment(stage, task.id)
    return { act: () => act(stage, id) }
  }

export const commentCases: FactCases = {
  'comment.created': [
    async (stage) => {
      const { id } = await addTask(stage.owner, stage.boardId, { title: 'Quiet' })
      return { act: () => comment(stage, id) }
    },
  ],
  'comment.updated': [
    onComment(({ member }, id) => send(member, 'PATCH', `/api/comments/${id}`, { body: 'Done, @Olga' })),
    onComment(({ owner }, id) => send(owner, 'PUT', `/api/comments/${id}/reactions/${encodeURIComponent('🎉')}`)),
  ],
  'comment.deleted': [onComment(({ member }, id) => send(member, 'DELETE', `/api/comments/${id}`))],
}
