import { defineEntity, p } from '@mikro-orm/postgresql'
import { tenantPolicies } from '../../migrations/tenancy.ts'

export const AttachmentEntity = defineEntity({
  name: 'Attachment',
  tableName: 'attachment',
  ...tenantPolicies(),
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    taskId: p.uuid(),
    /** Where the content is stored: never an id that a client chose. */
    fileId: p.uuid(),
    name: p.text(),
    type: p.text(),
    size: p.integer(),
    createdBy: p.uuid().nullable(),
    createdAt: p.datetime(3),
  },
})
