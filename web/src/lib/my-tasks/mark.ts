import type { ListedTask } from '@taskflow/shared/dto/listed-task.ts'

/** What somebody has just made of a task. */
export interface Mark {
  isClosed: boolean
  /** Of the task after it, once the server has answered. */
  version?: number
}

/** A mark holds until the list knows of it, or of what came after. */
export function isClosedNow({ closedAt, version }: Pick<ListedTask, 'closedAt' | 'version'>, mark: Mark | undefined) {
  return mark && version < (mark.version ?? Infinity) ? mark.isClosed : closedAt !== null
}
