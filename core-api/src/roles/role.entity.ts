import { defineEntity, p } from '@mikro-orm/postgresql'
import type { CustomRole } from '@taskflow/shared/dto/workspace.ts'
import { tenantPolicies } from '../../migrations/tenancy.ts'

export const RoleEntity = defineEntity({
  name: 'Role',
  tableName: 'workspace_role',
  ...tenantPolicies(),
  properties: {
    workspaceId: p.uuid().primary(),
    key: p.text().primary(),
    name: p.text(),
    permissions: p.array(),
    version: p.integer(),
  },
})

export const toRoleDto = ({ key, name, permissions, version }: CustomRole): CustomRole => ({
  key,
  name,
  permissions,
  version,
})
