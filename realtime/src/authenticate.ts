import type { IncomingHttpHeaders } from 'node:http'
import type { Config } from './config.ts'
import type { EndedSessions } from './ended-sessions.ts'
import type { TokenClaims, Verifier } from './verifying.ts'

export type RefusalCode =
  | 'origin.refused'
  | 'token.missing'
  | 'token.expired'
  | 'token.invalid'
  | 'session.ended'
  | 'node.unavailable'
  | 'node.moving'

/** Reaches the client as `connect_error` with `data.code`. */
export class Refused extends Error {
  readonly data: { code: RefusalCode }

  constructor(code: RefusalCode) {
    super(SENTENCES[code])
    this.data = { code }
  }
}

const SENTENCES: Record<RefusalCode, string> = {
  'origin.refused': 'This origin may not connect.',
  'token.missing': 'A token is missing.',
  'token.expired': 'The token has expired.',
  'token.invalid': 'The token is not valid.',
  'session.ended': 'The session has ended.',
  'node.unavailable': 'This node cannot check the token now.',
  'node.moving': 'This node is about to stop.',
}

const UNPROVEN = { expired: 'token.expired', invalid: 'token.invalid', unavailable: 'node.unavailable' } as const

interface Handshake {
  headers: IncomingHttpHeaders
  auth: { [key: string]: unknown }
}

interface Checks {
  config: Pick<Config, 'allowedOrigins'>
  verifier: Verifier
  endedSessions: EndedSessions
}

export async function authenticate({ headers, auth }: Handshake, checks: Checks): Promise<TokenClaims> {
  if (!isOriginAllowed(headers, checks.config.allowedOrigins)) throw new Refused('origin.refused')
  if (typeof auth.token !== 'string' || auth.token === '') throw new Refused('token.missing')
  const claims = await checks.verifier.token(auth.token)
  if (typeof claims === 'string') throw new Refused(UNPROVEN[claims])
  if (checks.endedSessions.covers(claims)) throw new Refused('session.ended')
  return claims
}

/** A browser always says its origin; whoever does not is no browser, and must then not carry a browser's cookies. */
function isOriginAllowed({ origin, cookie }: IncomingHttpHeaders, allowed: readonly string[]): boolean {
  return origin === undefined ? cookie === undefined : allowed.includes(origin)
}
