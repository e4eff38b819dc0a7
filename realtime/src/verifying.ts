import { AUDIENCE_API, AUDIENCE_STREAM } from '@taskflow/shared/names.ts'
import { hash } from 'node:crypto'
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify, type JWTVerifyOptions } from 'jose'
import { z } from 'zod'
import type { Config } from './config.ts'
import { CLOCK_SKEW_MS, TICKET_LIFE_MS } from './limits.ts'

const REMEMBERED_TICKETS = 50_000
const REFRESH_KEYS_MS = 10 * 60_000
const REFUSED_HEADERS = ['jku', 'jwk', 'x5u', 'x5c', 'crit']

const TokenClaims = z.object({
  sub: z.string().min(1),
  sid: z.string().min(1),
  name: z.string().default(''),
  iat: z.number().default(0),
  exp: z.number(),
})
const TicketClaims = z.object({
  sub: z.string().min(1),
  stream: z.string(),
  acl: z.int().nonnegative(),
  exp: z.number(),
})

export type TokenClaims = z.infer<typeof TokenClaims>
export type TicketClaims = z.infer<typeof TicketClaims>
export type Unproven = 'expired' | 'invalid' | 'unavailable'
export type Verifier = ReturnType<typeof createVerifier>

/** Checks what the API has signed, against the public keys that it shows; asks again only for a key it does not know. */
export function createVerifier({ apiUrl, publicUrl }: Pick<Config, 'apiUrl' | 'publicUrl'>) {
  const keys = createRemoteJWKSet(new URL(`${apiUrl}/api/auth/jwks`), {
    timeoutDuration: 3_000,
    cooldownDuration: 5_000,
    cacheMaxAge: Infinity,
  })
  const tickets = new Map<string, TicketClaims>()
  let refreshAt = Date.now() + REFRESH_KEYS_MS

  async function verify(token: string, options: JWTVerifyOptions): Promise<unknown> {
    refuseHeaders(token)
    if (Date.now() > refreshAt) {
      // Beside the verification: known keys stay good while the API is away.
      refreshAt = Date.now() + REFRESH_KEYS_MS
      keys.reload().catch(() => {})
    }
    const { payload } = await jwtVerify(token, keys, { ...options, algorithms: ['EdDSA'], clockTolerance: '5s' })
    return payload
  }

  return {
    async token(token: string): Promise<TokenClaims | Unproven> {
      try {
        return TokenClaims.parse(await verify(token, { audience: AUDIENCE_API, issuer: publicUrl }))
      } catch (error) {
        return sayWhy(error)
      }
    },

    async ticket(ticket: string): Promise<TicketClaims | Unproven> {
      const digest = hash('sha256', ticket, 'base64')
      const known = tickets.get(digest)
      if (known) return known.exp * 1000 > Date.now() ? known : 'expired'
      try {
        const claims = TicketClaims.parse(await verify(ticket, { audience: AUDIENCE_STREAM }))
        // Revocations are remembered for one ticket's life: a longer-lived ticket would outlast them.
        if (claims.exp * 1000 - Date.now() > TICKET_LIFE_MS + CLOCK_SKEW_MS) return 'invalid'
        if (tickets.size >= REMEMBERED_TICKETS) tickets.delete(tickets.keys().next().value!)
        tickets.set(digest, claims)
        return claims
      } catch (error) {
        return sayWhy(error)
      }
    },
  }
}

function refuseHeaders(token: string) {
  let header: object = { crit: 'unreadable' }
  try {
    header = decodeProtectedHeader(token)
  } catch {}
  if (REFUSED_HEADERS.some((name) => name in header)) throw new errors.JWTInvalid('a header that is not taken')
}

function sayWhy(error: unknown): Unproven {
  if (error instanceof errors.JWTExpired) return 'expired'
  const isFetchFailure = error instanceof errors.JWKSTimeout || error instanceof TypeError || isBadAnswer(error)
  return isFetchFailure ? 'unavailable' : 'invalid'
}

/** jose throws its plain base class when the keys could not be read. */
const isBadAnswer = (error: unknown) => error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC'
