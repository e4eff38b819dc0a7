import { REASONS, type Reason } from '@taskflow/shared/dto/notification.ts'

/** Somebody is to be told something, once. */
export interface Duty {
  userId: string
  taskId: string
  reason: Reason
  /** The key of the act; null if it is a worker who tells. */
  act: string | null
  /** When it was asked for. */
  at: number
  isRead: boolean
}

/** A task that was closed and is to be followed by one of the same title. */
export interface Followed {
  taskId: string
  title: string
}

export type Book = ReturnType<typeof createBook>

/** What follows from all that was acknowledged: an account of its own, kept beside the product's. */
export function createBook() {
  const duties: Duty[] = []
  const followed: Followed[] = []
  const taskIds = new Set<string>()

  const owe = (duty: Omit<Duty, 'isRead'>) => duties.push({ ...duty, isRead: false })
  const of = (userId: string, taskId: string) =>
    duties.filter((duty) => duty.userId === userId && duty.taskId === taskId)

  return {
    duties,
    followed,
    taskIds,
    owe,

    /** All that one act gives reason to tell: each person once, by the strongest reason, and never who acted. */
    oweAll(
      { by, taskId, act, at }: { by: string; taskId: string; act: string | null; at: number },
      told: Partial<Record<Reason, Iterable<string>>>,
    ) {
      const seen = new Set([by])
      for (const reason of REASONS) {
        for (const userId of told[reason] ?? []) {
          if (!seen.has(userId)) owe({ userId, taskId, reason, act, at })
          seen.add(userId)
        }
      }
    },

    read(userId: string, taskId: string) {
      for (const duty of of(userId, taskId)) duty.isRead = true
    },

    unreadOf: (userId: string, taskId: string) => of(userId, taskId).filter(({ isRead }) => !isRead).length,
  }
}
