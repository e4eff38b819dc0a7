import { createHash } from 'node:crypto'
import type { PushSubscription, PushSubscriptionInput } from '@taskflow/shared/dto/push.ts'
import { newId } from '@taskflow/shared/ids.ts'
import type { Ctx, WriteCtx } from '../context.ts'
import { Invalid } from '../errors.ts'
import { seal } from '../lib/sealing.ts'
import { demandRoom } from '../quotas.ts'
import { pushServiceOf } from './push-services.ts'

export const PUSH_LABEL = 'push'

const MINE = `
  select id, service, device, iso(created_at) as "createdAt", coalesce(session_id = $2, false) as "isHere"
  from push_subscription where user_id = $1 order by id`
const SAVE = `
  insert into push_subscription (id, user_id, session_id, endpoint_hash, sealed, service, device, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (endpoint_hash) do update
    set sealed = excluded.sealed, device = excluded.device, session_id = excluded.session_id
  returning id, service, device, iso(created_at) as "createdAt", session_id is not null as "isHere"`

export async function listSubscriptions(ctx: Ctx): Promise<{ items: PushSubscription[] }> {
  return { items: await ctx.tx.sql<PushSubscription>(MINE, [ctx.actor.id, ctx.actor.sessionId ?? null]) }
}

/**
 * A browser of the actor's, for as long as they are signed in there; again, it is the same one. What it was to somebody
 * else it is no longer.
 */
export async function subscribe(
  ctx: WriteCtx,
  { endpoint, keys, device }: PushSubscriptionInput,
): Promise<PushSubscription> {
  const service = pushServiceOf(endpoint)
  if (!service) {
    throw new Invalid([{ path: 'endpoint', message: 'is not of a push service that is known' }], 'push.unknown_service')
  }
  ctx.deps.outbound.check(endpoint)
  await demandRoom(ctx, 'pushSubscriptions', ctx.actor.id)
  const hash = createHash('sha256').update(endpoint).digest('hex')
  await ctx.tx.sql('select take_over_push($1)', [hash])
  const sealed = seal(ctx.deps.config, PUSH_LABEL, JSON.stringify({ endpoint, keys }))
  const values = [newId(), ctx.actor.id, ctx.actor.sessionId ?? null, hash, sealed, service, device, ctx.now]
  const [row] = await ctx.tx.sql<PushSubscription>(SAVE, values)
  return row!
}

/** By its id, or, as the browser knows itself, by its endpoint. What is not there need not be taken away. */
export async function unsubscribe(ctx: WriteCtx, { id, endpoint }: { id?: string; endpoint?: string }): Promise<void> {
  const hash = endpoint === undefined ? null : createHash('sha256').update(endpoint).digest('hex')
  ctx.tx.later('delete from push_subscription where user_id = $1 and (id = $2 or endpoint_hash = $3)', [
    ctx.actor.id,
    id ?? null,
    hash,
  ])
}
