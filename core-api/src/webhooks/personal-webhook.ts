import type { PersonalWebhook, WebhookKind } from '@taskflow/shared/dto/webhook.ts'
import { newId } from '@taskflow/shared/ids.ts'
import type { Ctx, WriteCtx } from '../context.ts'
import { deliver } from '../deliveries/delivering.ts'
import { Unprocessable } from '../errors.ts'
import { sealed, toAddress } from './addresses.ts'
import { testPayload } from './replaying.ts'
import { createWebhookSecret } from './signing.ts'

const MINE = `
  select kind, shown as url, iso(created_at) as "createdAt" from personal_webhook where user_id = $1`
const SAVE = `
  insert into personal_webhook (user_id, kind, url, shown, secret, created_at) values ($1, $2, $3, $4, $5, $6)
  on conflict (user_id) do update set kind = excluded.kind, url = excluded.url, shown = excluded.shown,
    secret = excluded.secret, created_at = excluded.created_at`

export async function findPersonalWebhook(ctx: Ctx): Promise<PersonalWebhook | null> {
  const [row] = await ctx.tx.sql<PersonalWebhook>(MINE, [ctx.actor.id])
  return row ?? null
}

/** One in place of the one before; its secret is told once. */
export async function setPersonalWebhook(
  ctx: WriteCtx,
  { kind, url: address }: { kind: WebhookKind; url: string },
): Promise<PersonalWebhook> {
  const { url, shown } = toAddress(ctx, kind, address)
  const secret = createWebhookSecret()
  ctx.tx.later(SAVE, [ctx.actor.id, kind, url, shown, sealed(ctx.deps, secret), ctx.now])
  return { kind, url: shown, createdAt: ctx.now, secret }
}

export async function removePersonalWebhook(ctx: WriteCtx): Promise<void> {
  ctx.tx.later('delete from personal_webhook where user_id = $1', [ctx.actor.id])
}

/** To where the actor is told beside the app. */
export const sendTestToPersonal = (channel: 'webhook' | 'slack') => async (ctx: WriteCtx) => {
  const mine = await findPersonalWebhook(ctx)
  if (!mine || (mine.kind === 'slack') !== (channel === 'slack')) {
    throw new Unprocessable('deliveries.no_channel', 'There is nowhere to send this to.')
  }
  const { url: recipient } = mine
  const payload = testPayload(ctx, null)
  const to = { workspaceId: null, userId: ctx.actor.id, recipient }
  return deliver(ctx, { id: newId(), kind: channel, purpose: 'test', ...to, payload })
}
