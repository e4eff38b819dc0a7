import { z } from '@hono/zod-openapi'
import { NotificationFilter } from '@taskflow/shared/dto/notification.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import { cursorOf, pageQuery } from '../http/paging.ts'

const AT_ONCE = 500

export const InboxQuery = pageQuery(cursorOf(z.tuple([z.iso.datetime(), Id]))).extend({
  filter: NotificationFilter.default('inbox'),
  workspaceId: Id.optional(),
})

export const IdsBody = z
  .strictObject({ ids: z.union([z.literal('all'), z.array(Id).min(1).max(AT_ONCE)]) })
  .openapi('Notifications', { example: { ids: 'all' } })

export const SnoozeBody = z
  .strictObject({ until: z.iso.datetime({ offset: true }) })
  .openapi('Snooze', { example: { until: '2030-11-20T09:00:00Z' } })

export const SnoozeManyBody = z
  .strictObject({ ...IdsBody.shape, ...SnoozeBody.shape })
  .openapi('SnoozeMany', { example: { ids: 'all', until: '2030-11-20T09:00:00Z' } })

export const Unread = z.object({ unread: z.int() })
