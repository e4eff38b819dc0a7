import { AUDIENCE_STREAM } from '@taskflow/shared/names.ts'
import type { Ctx } from '../context.ts'

const TICKET_LIFE_S = 600

/**
 * The right to hear one stream for ten minutes, checked by realtime nodes without asking anybody.
 * `acl` is the position at which the right was checked: a later revocation makes the ticket worthless.
 */
export function ticketFor({ deps, actor }: Pick<Ctx, 'deps' | 'actor'>, stream: string, acl: number): string {
  const iat = Math.floor(Date.now() / 1000)
  return deps.signingKey.sign({
    sub: actor.id,
    stream,
    acl,
    aud: AUDIENCE_STREAM,
    iss: deps.config.publicUrl,
    iat,
    exp: iat + TICKET_LIFE_S,
  })
}
