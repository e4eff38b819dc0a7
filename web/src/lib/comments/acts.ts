import type { Comment } from '@taskflow/shared/dto/task.ts'
import { newId } from '@taskflow/shared/ids.ts'
import type { Act, Outcome, Request } from '@taskflow/shared/sync/write.ts'
import { commentEditField, commentField } from '#lib/editor/fields.ts'

export type WriteComment = (write: Request & { acts: Act[] }) => Promise<Outcome>

/** What people do to the comments of a task: shown at once, sent in order. */
export class CommentActs {
  readonly meId: string
  #taskId: string
  #write: WriteComment

  constructor(taskId: string, meId: string, write: WriteComment) {
    this.#taskId = taskId
    this.meId = meId
    this.#write = write
  }

  create(body: string, mentionIds: string[]): Promise<Outcome> {
    const id = newId()
    const comment: Comment = {
      ...{ id, taskId: this.#taskId, authorId: this.meId, body, mentionIds },
      ...{ reactions: {}, createdAt: new Date().toISOString(), editedAt: null },
    }
    return this.#write({
      method: 'POST',
      path: `/api/tasks/${this.#taskId}/comments`,
      body: { id, body, mentionIds },
      acts: [{ name: 'createComment', args: { comment } }],
      typed: [{ field: commentField(this.#taskId), text: body }],
    })
  }

  edit({ id, body: original }: Comment, body: string, mentionIds: string[]): Promise<Outcome> {
    const changes = { body, mentionIds, editedAt: new Date().toISOString() }
    return this.#write({
      method: 'PATCH',
      path: `/api/comments/${id}`,
      body: { body, mentionIds },
      acts: [{ name: 'updateComment', args: { id, changes } }],
      typed: [{ field: commentEditField(this.#taskId, id), text: body, original }],
    })
  }

  remove(id: string): Promise<Outcome> {
    return this.#write({
      method: 'DELETE',
      path: `/api/comments/${id}`,
      acts: [{ name: 'deleteComment', args: { id } }],
    })
  }

  react(id: string, emoji: string, on: boolean): Promise<Outcome> {
    return this.#write({
      method: on ? 'PUT' : 'DELETE',
      path: `/api/comments/${id}/reactions/${encodeURIComponent(emoji)}`,
      acts: [{ name: 'setReaction', args: { id, emoji, userId: this.meId, on } }],
    })
  }
}
