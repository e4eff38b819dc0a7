import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql'
import type { Webhook } from '@taskflow/shared/dto/webhook.ts'
import { tenantPolicies } from '../../migrations/tenancy.ts'

export const WebhookEntity = defineEntity({
  name: 'Webhook',
  tableName: 'webhook',
  ...tenantPolicies(),
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    kind: p.text().$type<Webhook['kind']>(),
    description: p.text(),
    url: p.text(),
    shown: p.text(),
    events: p.array(),
    secret: p.text(),
    previousSecret: p.text().nullable(),
    previousUntil: p.datetime(3).nullable(),
    enabled: p.boolean(),
    offReason: p.text().$type<NonNullable<Webhook['offReason']>>().nullable(),
    failingSince: p.datetime(3).nullable(),
    createdBy: p.uuid().nullable(),
    createdAt: p.datetime(3),
    version: p.integer(),
  },
})

export type WebhookRow = InferEntity<typeof WebhookEntity>

export const toWebhookDto = (row: WebhookRow): Webhook => ({
  id: row.id,
  workspaceId: row.workspaceId,
  kind: row.kind,
  description: row.description,
  url: row.shown,
  events: row.events,
  enabled: row.enabled,
  offReason: row.offReason ?? null,
  failingSince: row.failingSince?.toISOString() ?? null,
  rotatingUntil: row.previousUntil?.toISOString() ?? null,
  createdBy: row.createdBy ?? null,
  createdAt: row.createdAt.toISOString(),
  version: row.version,
})
