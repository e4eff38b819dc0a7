import type { When } from '@taskflow/shared/dto/when.ts'
import type { WriteCtx } from '../context.ts'
import { alertsFor, saveReminders } from './planning.ts'

export interface AssignedCopy extends Record<string, unknown> {
  taskId: string
  workspaceId: string
  userId: string
  zone: string | null
  due: When
}

/** Tasks that come all at once, as copies, are no facts by themselves: their alerts are planned here. */
export function alertAssigned(ctx: WriteCtx, copies: AssignedCopy[]): void {
  saveReminders(ctx, copies.flatMap(alertsFor))
}
