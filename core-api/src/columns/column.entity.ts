import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql'
import { type Column, HUES } from '@taskflow/shared/dto/board.ts'
import { tenantPolicies } from '../../migrations/tenancy.ts'

export const ColumnEntity = defineEntity({
  name: 'Column',
  tableName: 'board_column',
  ...tenantPolicies(),
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    boardId: p.uuid(),
    name: p.text(),
    position: p.text(),
    color: p.enum(HUES).nullable(),
    wipLimit: p.integer().nullable(),
    wipMode: p.enum(['soft', 'hard']),
    done: p.boolean(),
    version: p.integer(),
  },
})

export type ColumnRow = InferEntity<typeof ColumnEntity>

export const toColumnDto = (row: ColumnRow): Column => ({
  id: row.id,
  boardId: row.boardId,
  name: row.name,
  position: row.position,
  color: row.color ?? null,
  wipLimit: row.wipLimit ?? null,
  wipMode: row.wipMode,
  done: row.done,
  version: row.version,
})
