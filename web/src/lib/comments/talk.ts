import type { Comment } from '@taskflow/shared/dto/task.ts'
import type { Person } from '#lib/editor/Mentions.svelte'
import type { Uploaded } from '#lib/editor/uploading.ts'
import type { CommentActs } from './acts.ts'

/** The comments of one task, and what belongs to showing them. */
export interface Talk {
  taskId: string
  comments: Comment[]
  acts: CommentActs
  people: readonly Person[]
  names: readonly string[]
  personOf(id: string | null): Person
  /** Not answered yet by the server. */
  isOnItsWay(id: string): boolean
  canWrite: boolean
  canModerate: boolean
  upload: ((file: File) => Promise<Uploaded | null>) | undefined
}

/** Those of the people once called who still are in the text. */
export const stillCalled = (body: string, called: Iterable<Person>): string[] => [
  ...new Set([...called].filter(({ name }) => body.includes(`@${name}`)).map(({ id }) => id)),
]
