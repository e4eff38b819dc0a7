import { spreadColumn } from '../columns/spreading.ts'
import { tellMany } from '../notifications/telling-many.ts'
import { followTask } from '../recurrence/following.ts'
import type { Handlers } from './working.ts'

/** What does the jobs of each kind. All of it is listed here. */
export const handlers: Handlers = {
  'columns.spread': spreadColumn,
  'notifications.tell': tellMany,
  'recurrence.follow': followTask,
}
