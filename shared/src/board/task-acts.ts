import type { Comment, Task } from '../dto/task.ts'
import type { TaskState } from './apply-task-event.ts'
import { dropItem, type ItemWish, putItem } from './checklist.ts'
import { pick } from './fields.ts'
import { change, drop, put } from './rows.ts'
import { TASK_FIELDS } from './task-fields.ts'

/**
 * What a person's unanswered acts look like on the open task. Those on its card (`updateTask`, `changeItem`) go by the same names
 * as on the board, so that one write changes both; a board knows nothing of the others.
 */
export const taskActs = {
  updateTask(
    state: TaskState,
    { id, changes }: { id: string; changes: Partial<Task> & Pick<Partial<TaskState>, 'attachments'> },
  ): TaskState {
    if (id !== state.task.id) return state
    const { attachments = state.attachments } = changes
    return { ...state, attachments, task: { ...state.task, ...pick<Task>(changes, TASK_FIELDS), id } }
  },

  changeItem(state: TaskState, { id, itemId, wish }: { id: string; itemId: string; wish: ItemWish | null }): TaskState {
    if (id !== state.task.id) return state
    const { checklistItems: items } = state.task
    const checklistItems = wish ? putItem(items, itemId, wish) : dropItem(items, itemId)
    return { ...state, task: { ...state.task, checklistItems } }
  },

  watchTask(state: TaskState, { id, userId, on }: { id: string; userId: string; on: boolean }): TaskState {
    if (id !== state.task.id) return state
    const others = state.task.watcherIds.filter((one) => one !== userId)
    return { ...state, task: { ...state.task, watcherIds: on ? [...others, userId] : others } }
  },

  createComment: (state: TaskState, { comment }: { comment: Comment }): TaskState =>
    comment.taskId === state.task.id && !state.comments.some(({ id }) => id === comment.id)
      ? { ...state, comments: put(state.comments, comment) }
      : state,

  updateComment: (state: TaskState, { id, changes }: { id: string; changes: Partial<Comment> }): TaskState => ({
    ...state,
    comments: change(state.comments, { ...changes, id }),
  }),

  deleteComment: (state: TaskState, { id }: { id: string }): TaskState => ({
    ...state,
    comments: drop(state.comments, id),
  }),

  setReaction(state: TaskState, { id, emoji, userId, on }: Reaction): TaskState {
    const comment = state.comments.find((one) => one.id === id)
    if (!comment) return state
    const { [emoji]: before = [], ...others } = comment.reactions
    const people = before.filter((one) => one !== userId)
    if (on) people.push(userId)
    const reactions = people.length > 0 ? { ...comment.reactions, [emoji]: people } : others
    return { ...state, comments: change(state.comments, { id, reactions }) }
  },
}
export type TaskActs = typeof taskActs

interface Reaction {
  id: string
  emoji: string
  userId: string
  on: boolean
}
