import { REASONS, type Reason } from '@taskflow/shared/dto/notification.ts'
import type { TaskRow } from '../tasks/tasks.access.ts'

/** What a notification is about: of one person there is one row per subject. */
export interface Subject {
  workspaceId: string
  boardId: string | null
  taskId: string | null
  subjectId: string
  key: string | null
  /** The name of the board or workspace, if it is not given. */
  title: string | null
}

/** What a reaction has to say, and to whom. Who acted and who may not see it are left out later. */
export interface News {
  subject: Subject
  reason: Reason
  /** The type of the fact that it follows from, or a name of its own where that says too little. */
  type: string
  userIds: string[]
  excerpt?: string | null
  /** Whose words the excerpt is: it is gone with them. */
  commentId?: string
  /** The column whose name is the excerpt. */
  columnId?: string
  late?: boolean
}

/** The news of one person; they have the same subject. */
export type NewsOfOne = Omit<News, 'userIds'> & { userId: string }

export const aboutTask = (task: TaskRow): Subject => ({
  workspaceId: task.workspaceId,
  boardId: task.boardId,
  taskId: task.id,
  subjectId: task.id,
  key: `${task.boardKey}-${task.number}`,
  title: task.title,
})

export const aboutBoard = (workspaceId: string, boardId: string): Subject => ({
  workspaceId,
  boardId,
  taskId: null,
  subjectId: boardId,
  key: null,
  title: null,
})

export const aboutWorkspace = (workspaceId: string): Subject => ({
  workspaceId,
  boardId: null,
  taskId: null,
  subjectId: workspaceId,
  key: null,
  title: null,
})

const RANK = new Map(REASONS.map((reason, rank) => [reason, rank]))

/** Each person once, by the strongest reason; whoever acted is not told of it. */
export function strongest(news: News[], actorId: string): NewsOfOne[] {
  const byPerson = new Map<string, NewsOfOne>()
  for (const { userIds, ...one } of news.toSorted((a, b) => RANK.get(a.reason)! - RANK.get(b.reason)!)) {
    for (const userId of userIds) {
      if (userId !== actorId && !byPerson.has(userId)) byPerson.set(userId, { ...one, userId })
    }
  }
  return [...byPerson.values()]
}

const EXCERPT_LENGTH = 200
const PEOPLE_LINKS = /@\[([^\]\n]{0,200})\]\(user:[0-9a-f-]{36}\)/gi

/** The beginning of a text, on one line. */
export function excerptOf(text: string): string {
  const line = text.replace(PEOPLE_LINKS, '@$1').replace(/\s+/g, ' ').trim()
  return line.length > EXCERPT_LENGTH ? `${line.slice(0, EXCERPT_LENGTH - 1).toWellFormed()}…` : line
}
