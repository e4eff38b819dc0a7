import { z } from '@hono/zod-openapi'
import { Id } from '@taskflow/shared/dto/user.ts'
import { WebhookEvent, WebhookKind } from '@taskflow/shared/dto/webhook.ts'

const EVENTS_LIMIT = 50
const ADDRESS_LIMIT = 2_000
const DESCRIPTION_LIMIT = 200

const Address = z.string().trim().min(1).max(ADDRESS_LIMIT)
const Description = z.string().trim().max(DESCRIPTION_LIMIT)
const Events = z
  .array(WebhookEvent)
  .min(1)
  .max(EVENTS_LIMIT)
  .transform((events) => [...new Set(events)])

export const NewWebhookBody = z
  .strictObject({
    id: Id.optional(),
    kind: WebhookKind.default('generic'),
    url: Address,
    events: Events.default(['*']),
    description: Description.default(''),
  })
  .openapi('NewWebhook', {
    example: { url: 'https://example.org/hooks/taskflow', events: ['task.*', 'comment.created'] },
  })

export const EditWebhookBody = z
  .strictObject({
    url: Address.optional(),
    events: Events.optional(),
    description: Description.optional(),
    enabled: z.boolean().optional(),
  })
  .openapi('EditWebhook', { example: { enabled: false } })

export const PersonalWebhookBody = z
  .strictObject({ kind: WebhookKind.default('generic'), url: Address })
  .openapi('SetPersonalWebhook', { example: { kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/x' } })
