import { defineEntity, p } from '@mikro-orm/postgresql'
import type { Workspace } from '@taskflow/shared/dto/workspace.ts'
import { tenantPolicies, WORKSPACES } from '../../migrations/tenancy.ts'

export const WorkspaceEntity = defineEntity({
  name: 'Workspace',
  tableName: 'workspace',
  ...tenantPolicies(`id = any(${WORKSPACES})`),
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    createdBy: p.uuid().nullable(),
    createdAt: p.datetime(3),
    version: p.integer(),
  },
})

export const toWorkspaceDto = (row: { id: string; name: string; createdAt: Date; version: number }): Workspace => ({
  id: row.id,
  name: row.name,
  createdAt: row.createdAt.toISOString(),
  version: row.version,
})
