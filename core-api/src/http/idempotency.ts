import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { Ctx, Written } from '../context.ts'
import { BadRequest, Conflict, Unprocessable } from '../errors.ts'
import { namedIn, orStartOfOwn } from '../streams/positions.ts'
import type { AppEnv } from './app-env.ts'

/** A request that its sender may repeat: its key, and a digest of what it asked for. */
export interface IdempotentRequest {
  key: string
  hash: string
}

const KEY_LIMIT = 255

export function idempotentRequest(c: Context<AppEnv>): IdempotentRequest | undefined {
  const key = c.req.header('idempotency-key')
  if (key === undefined) return undefined
  if (key.length === 0 || key.length > KEY_LIMIT) {
    throw new BadRequest('idempotency.key', `An Idempotency-Key has 1 to ${KEY_LIMIT} characters.`)
  }
  const digest = createHash('sha256')
  digest.update(`${c.req.method} ${c.req.url.slice(c.req.url.indexOf('/', 8))}\n${c.get('bodyText') ?? ''}`)
  return { key, hash: digest.digest('base64url') }
}

interface Stored {
  hash: string
  status: number
  position: string | null
  body: string | null
}

// The lock lasts as long as the transaction: who does not get it meets the first request still at work.
const RECALL = `
  select pg_try_advisory_xact_lock(hashtextextended($1 || $2, 0)) as free,
         (select row_to_json(i) from idempotency i where i.user_id = $1::uuid and i.key = $2) as stored`

/** What was answered to this request before, if it is a repeat. */
export async function recall(ctx: Ctx, request: IdempotentRequest): Promise<Written | undefined> {
  const [row] = await ctx.tx.sql<{ free: boolean; stored: Stored | null }>(RECALL, [ctx.actor.id, request.key])
  const { free, stored } = row!
  if (stored && stored.hash !== request.hash) {
    throw new Unprocessable('idempotency.mismatch', 'This Idempotency-Key was used for another request.')
  }
  if (stored) {
    const { status, body, position } = stored
    return { status, body, position: orStartOfOwn(ctx, await namedIn(ctx, position ?? '')), replayed: true }
  }
  if (!free) {
    throw new Conflict('idempotency.in_progress', 'The first request with this Idempotency-Key is still at work.', {
      headers: { 'Retry-After': '1' },
    })
  }
  return undefined
}
