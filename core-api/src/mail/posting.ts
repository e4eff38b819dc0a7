import { newId } from '@taskflow/shared/ids.ts'
import { CHANNEL_OF_WORK } from '@taskflow/shared/names.ts'
import type { Config } from '../config.ts'
import type { WriteCtx } from '../context.ts'
import type { CoreDeps } from '../core-deps.ts'
import { deliver, DELIVERIES, INSERT_DELIVERY, type NewDelivery, toRow } from '../deliveries/delivering.ts'
import { seal, unseal } from '../lib/sealing.ts'
import type { Mail } from './mail.ts'

const LABEL = 'mail'

interface Posted {
  /** Whose admins see what became of it. */
  workspaceId?: string | null
  userId?: string | null
  purpose?: 'transactional' | 'test'
}

/** A mail that somebody waits for, in the transaction of the change. */
export const postMail = (ctx: WriteCtx, mail: Mail, posted: Posted = {}): string =>
  deliver(ctx, toDelivery(ctx.deps.config, mail, posted))

/** The same where there is no transaction; who asked for it is not made to wait. */
export type Post = (mail: Mail, userId?: string) => void

export function createPost({ config, pool, redis, log, clock }: CoreDeps): Post {
  return (mail, userId) => {
    const row = toRow(
      newId(),
      toDelivery(config, mail, { userId: userId ?? null }),
      new Date(clock.now()).toISOString(),
    )
    pool
      .query(INSERT_DELIVERY, row)
      .then(() => (redis.publisher.isReady ? redis.publisher.publish(CHANNEL_OF_WORK, DELIVERIES) : undefined))
      .catch((error: unknown) => log.error({ err: error, subject: mail.subject }, 'a mail could not be posted'))
  }
}

export const openMail = (config: Config, payload: unknown): Mail =>
  JSON.parse(unseal(config, LABEL, (payload as { sealed: string }).sealed)) as Mail

/** These mails carry links that open doors: the database holds them sealed, and only until they are sent. */
function toDelivery(config: Config, mail: Mail, { workspaceId, userId, purpose }: Posted): NewDelivery {
  return {
    kind: 'email',
    purpose: purpose ?? 'transactional',
    recipient: mail.to,
    workspaceId: workspaceId ?? null,
    userId: userId ?? null,
    payload: { sealed: seal(config, LABEL, JSON.stringify(mail)) },
  }
}
