import type { WhenInput } from '@taskflow/shared/dto/when.ts'
import type { Ctx } from '../context.ts'
import { findZone } from '../recurrence/repeating.ts'

/** A time that names no zone is meant where the person is. */
export async function inOwnZone(ctx: Ctx, input: WhenInput | null): Promise<WhenInput | null> {
  if (!input || typeof input === 'string' || !input.time || input.zone) return input
  return { ...input, zone: await findZone(ctx) }
}
