import type { MigrationObject } from '@mikro-orm/core'
import { Identity } from './20261120-01-identity.ts'
import { Streams } from './20261120-02-streams.ts'
import { Boards } from './20261120-03-boards.ts'
import { Invitations } from './20261120-04-invitations.ts'
import { Comments } from './20261120-05-comments.ts'
import { Search } from './20261120-06-search.ts'
import { Attachments } from './20261120-07-attachments.ts'
import { Jobs } from './20261120-08-jobs.ts'
import { Deliveries } from './20261120-09-deliveries.ts'
import { Notifications } from './20261120-10-notifications.ts'
import { Reminders } from './20261120-11-reminders.ts'
import { Recurrence } from './20261120-12-recurrence.ts'
import { Batches } from './20261120-13-batches.ts'
import { Webhooks } from './20261120-14-webhooks.ts'
import { Push } from './20261120-15-push.ts'
import { Avatars } from './20261129-01-avatars.ts'
import { Trash } from './20261129-02-trash.ts'

export const migrations: MigrationObject[] = [
  { name: '20261120-01-identity', class: Identity },
  { name: '20261120-02-streams', class: Streams },
  { name: '20261120-03-boards', class: Boards },
  { name: '20261120-04-invitations', class: Invitations },
  { name: '20261120-05-comments', class: Comments },
  { name: '20261120-06-search', class: Search },
  { name: '20261120-07-attachments', class: Attachments },
  { name: '20261120-08-jobs', class: Jobs },
  { name: '20261120-09-deliveries', class: Deliveries },
  { name: '20261120-10-notifications', class: Notifications },
  { name: '20261120-11-reminders', class: Reminders },
  { name: '20261120-12-recurrence', class: Recurrence },
  { name: '20261120-13-batches', class: Batches },
  { name: '20261120-14-webhooks', class: Webhooks },
  { name: '20261120-15-push', class: Push },
  { name: '20261129-01-avatars', class: Avatars },
  { name: '20261129-02-trash', class: Trash },
]
