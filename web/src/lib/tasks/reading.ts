import type { TaskState } from '@taskflow/shared/board/apply-task-event.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Attachment, Comment, Task } from '@taskflow/shared/dto/task.ts'
import { type Api, ApiError } from '#lib/api.ts'

export interface ReadTask {
  state: TaskState
  /** Where the comments before those read go on. */
  earlier: string | null
}

/** A reason instead of a task: there is none for this person, or nothing could be asked. */
export type NoTask = 'missing' | 'unreachable'

const COMMENTS_AT_ONCE = 50

export async function readTask(api: Api, id: string): Promise<ReadTask | NoTask> {
  const path = `/api/tasks/${encodeURIComponent(id)}`
  try {
    const [task, comments, files] = await Promise.all([
      api.get<Task>(path),
      readComments(api, id),
      api.get<Page<Attachment>>(`${path}/attachments`),
    ])
    return { state: { task, attachments: files.items, comments: comments.items }, earlier: comments.next }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return error.status === 400 || error.status === 404 || error.status === 403 ? 'missing' : 'unreachable'
  }
}

/** The latest ones, the oldest of them first. */
export async function readComments(api: Api, id: string, cursor = ''): Promise<Page<Comment>> {
  const from = cursor && `&cursor=${encodeURIComponent(cursor)}`
  const path = `/api/tasks/${encodeURIComponent(id)}/comments?order=newest&limit=${COMMENTS_AT_ONCE}${from}`
  const { items, next } = await api.get<Page<Comment>>(path)
  return { items: items.toReversed(), next }
}
