import type { Priority } from '@taskflow/shared/dto/task.ts'

/** Spelled again, so that the schema library stays out of the browser. */
export const PRIORITIES_IN_ORDER = ['high', 'medium', 'low', 'none'] as const satisfies readonly Priority[]

export const rankOf = (priority: Priority): number => PRIORITIES_IN_ORDER.indexOf(priority)
