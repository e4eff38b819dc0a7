import { defineEntity, p } from '@mikro-orm/postgresql'
import { HUES, type Label } from '@taskflow/shared/dto/board.ts'
import { tenantPolicies } from '../../migrations/tenancy.ts'

export const LabelEntity = defineEntity({
  name: 'Label',
  tableName: 'label',
  ...tenantPolicies(),
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    name: p.text(),
    color: p.enum(HUES),
    version: p.integer(),
  },
})

export const toLabelDto = ({ id, name, color, version }: Label): Label => ({ id, name, color, version })
