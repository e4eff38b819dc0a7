import { AUDIENCE_API } from '@taskflow/shared/names.ts'
import { jwtVerify } from 'jose'
import type { Config } from '../config.ts'
import type { LiveSession } from './live-sessions.ts'
import type { SigningKey } from './signing-key.ts'

export const TOKEN_LIFE_SECONDS = 10 * 60
const CACHE_LIMIT = 20_000

export type TokenClaims = { userId: string; sessionId: string; expiresAt: number }

export function issueToken(
  key: SigningKey,
  config: Pick<Config, 'publicUrl'>,
  session: Pick<LiveSession, 'id' | 'userId' | 'name'>,
): string {
  const iat = Math.floor(Date.now() / 1000)
  return key.sign({
    sub: session.userId,
    sid: session.id,
    name: session.name,
    iss: config.publicUrl,
    aud: AUDIENCE_API,
    iat,
    exp: iat + TOKEN_LIFE_SECONDS,
  })
}

// A signature is checked once per token: the same string is the same claims until it expires.
export function createTokenVerifier(key: SigningKey, config: Pick<Config, 'publicUrl'>) {
  const verified = new Map<string, TokenClaims>()
  return (token: string): TokenClaims | Promise<TokenClaims | null> => {
    const known = verified.get(token)
    if (known && known.expiresAt > Date.now()) return known
    return verify(token, key, config.publicUrl).then((claims) => {
      if (!claims) return null
      if (verified.size >= CACHE_LIMIT) verified.clear()
      verified.set(token, claims)
      return claims
    })
  }
}

async function verify(token: string, key: SigningKey, issuer: string): Promise<TokenClaims | null> {
  try {
    const { payload } = await jwtVerify(token, key.keyFor, {
      algorithms: ['EdDSA'],
      audience: AUDIENCE_API,
      issuer,
      requiredClaims: ['sub', 'sid', 'exp'],
    })
    return { userId: String(payload.sub), sessionId: String(payload.sid), expiresAt: payload.exp! * 1000 }
  } catch {
    return null
  }
}
