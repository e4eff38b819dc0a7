import type { EventType } from '@taskflow/shared/events/all.ts'
import type { WriteCtx } from '../context.ts'
import type { Fact } from './record.ts'

export type Reaction<Type extends EventType> = (ctx: WriteCtx, fact: Fact<Type>) => Promise<void>

/** What follows from a fact, in the same transaction. All of it is listed here. */
const reactions: { [Type in EventType]?: Reaction<Type>[] } = {}

export async function react(ctx: WriteCtx): Promise<void> {
  for (const fact of [...ctx.facts]) {
    for (const reaction of (reactions[fact.type] ?? []) as Reaction<EventType>[]) await reaction(ctx, fact)
  }
}
