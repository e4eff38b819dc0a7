import type { Attachment, Comment, Task } from '../dto/task.ts'
import type { AnyEnvelope } from '../events/all.ts'
import type { Envelope } from '../events/envelope.ts'
import { pick } from './fields.ts'
import { change, drop, put } from './rows.ts'
import { TASK_FIELDS } from './task-fields.ts'

/** What an open task shows beyond its card. Comments may be only the latest ones, the oldest first. */
export interface TaskState {
  task: Task
  attachments: Attachment[]
  comments: Comment[]
}

/**
 * An open task after one more fact of its board. Pure; facts about other tasks change nothing, and neither do those
 * older than the state, so that a state read from the API may be brought up to date with what was heard meanwhile.
 */
export function applyTaskEvent(state: TaskState, envelope: Envelope): TaskState {
  const event = envelope as AnyEnvelope
  switch (event.type) {
    case 'task.updated':
    case 'task.moved':
    case 'task.closed':
    case 'task.reopened':
      return changeTask(state, event.data)
    case 'task.restored':
    case 'task.created':
      return changeTask(state, { ...event.data, archivedAt: null, deletedAt: null })
    case 'task.deleted':
      return leave(withoutParent(state, event.data), event.data, envelope.at)
    case 'column.sorted':
    case 'column.deleted':
      return event.data.tasks.reduce<TaskState>(changeTask, state)
    case 'comment.created':
      return event.data.taskId === state.task.id ? addComment(state, event.data) : state
    case 'comment.updated':
      if (event.data.taskId !== state.task.id) return state
      return withComments(state, change(state.comments, pick<Comment>(event.data, COMMENT_FIELDS) as Comment))
    case 'comment.deleted':
      if (event.data.taskId !== state.task.id) return state
      return {
        ...withComments(state, drop(state.comments, event.data.id)),
        task: { ...state.task, commentCount: event.data.commentCount },
      }
    default:
      return state
  }
}

const COMMENT_FIELDS = [
  'id',
  'taskId',
  'authorId',
  'body',
  'mentionIds',
  'reactions',
  'createdAt',
  'editedAt',
] as const satisfies readonly (keyof Comment)[]

type Changes = Partial<Task> & { id: string; version: number; attachments?: Attachment[] }

function changeTask(state: TaskState, data: Changes): TaskState {
  if (data.id !== state.task.id || data.version < state.task.version) return state
  const { attachments = state.attachments } = data
  return { ...state, attachments, task: { ...state.task, ...pick<Task>(data, TASK_FIELDS) } }
}

/** Archived, thrown away or erased, it can still be read here; on another board it goes on living. */
function leave(state: TaskState, data: Changes & { reason: string; toBoardId?: string }, at: string): TaskState {
  const { reason, toBoardId, ...changes } = data
  if (reason === 'moved')
    return toBoardId ? changeTask(state, { ...changes, boardId: toBoardId, parentId: null }) : state
  return changeTask(state, { ...changes, ...(reason === 'archived' ? { archivedAt: at } : { deletedAt: at }) })
}

const withoutParent = (state: TaskState, { id, reason }: { id: string; reason: string }): TaskState =>
  state.task.parentId === id && (reason === 'erased' || reason === 'moved')
    ? { ...state, task: { ...state.task, parentId: null } }
    : state

function addComment(state: TaskState, data: Comment & { commentCount: number; watcherIds?: string[] }): TaskState {
  const { commentCount, watcherIds = state.task.watcherIds } = data
  const comment = pick<Comment>(data, COMMENT_FIELDS) as Comment
  return {
    ...withComments(state, put(state.comments, comment).toSorted(byTime)),
    task: { ...state.task, commentCount, watcherIds },
  }
}

const withComments = (state: TaskState, comments: Comment[]): TaskState =>
  comments === state.comments ? state : { ...state, comments }

const byTime = (a: Comment, b: Comment) =>
  a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.id < b.id ? -1 : 1
