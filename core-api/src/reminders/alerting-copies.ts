import type { When } from '@taskflow/shared/dto/when.ts'
import type { WriteCtx } from '../context.ts'
import { ALERTS } from './moments.ts'
import { saveReminders } from './planning.ts'

export interface AssignedCopy extends Record<string, unknown> {
  taskId: string
  workspaceId: string
  userId: string
  zone: string | null
  due: When
}

/** Tasks that come all at once, as copies, are no facts by themselves: their alerts are planned here. */
export function alertAssigned(ctx: WriteCtx, copies: AssignedCopy[]): void {
  saveReminders(
    ctx,
    copies.flatMap((copy) => ALERTS.map((kind) => ({ ...copy, kind, own: false, wantedAt: null }))),
  )
}
