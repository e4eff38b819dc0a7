import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Config } from '../config.ts'
import type { Actor, Authenticator } from '../http/authenticate.ts'
import { sessionCookieName, sessionSecret } from './cookies.ts'
import type { LiveSession, LiveSessions } from './live-sessions.ts'
import type { SigningKey } from './signing-key.ts'
import { createTokenVerifier, type TokenClaims } from './tokens.ts'

const BEARER = /^Bearer +(\S+)$/i
const JWT = /^[\w-]+\.[\w-]+\.[\w-]*$/

export function bearerToken(key: SigningKey, config: Config, sessions: LiveSessions): Authenticator {
  const verify = createTokenVerifier(key, config)
  const admit = (claims: TokenClaims | null) => {
    if (!claims) return null
    const session = sessions.findById(claims.sessionId)
    return session instanceof Promise ? session.then(toActor) : toActor(session)
  }
  return (c) => {
    const token = BEARER.exec(c.req.header('authorization') ?? '')?.[1]
    if (token === undefined || !JWT.test(token)) return undefined
    const claims = verify(token)
    return claims instanceof Promise ? claims.then(admit) : admit(claims)
  }
}

export function sessionCookie(config: Config, sessions: LiveSessions): Authenticator {
  const read = createCookieReader(config)
  return (c) => {
    // A request that brings a token of its own is never served by a cookie that came along.
    if (c.req.header('authorization') !== undefined) return undefined
    const token = read(c.req.header('cookie'))
    if (token === undefined) return undefined
    const session = sessions.findByToken(token)
    return session instanceof Promise ? session.then(toActor) : toActor(session)
  }
}

export function createCookieReader(config: Pick<Config, 'publicUrl' | 'appSecret'>) {
  const prefix = `${sessionCookieName(config.publicUrl)}=`
  const secret = sessionSecret(config.appSecret)
  return (header: string | undefined): string | undefined => {
    const pair = header?.split(/; */).find((part) => part.startsWith(prefix))
    return pair === undefined ? undefined : tokenOf(pair.slice(prefix.length), secret)
  }
}

function tokenOf(value: string, secret: string): string | undefined {
  const signed = decodeURIComponentOrEmpty(value)
  const dot = signed.lastIndexOf('.')
  if (dot < 1) return undefined
  const token = signed.slice(0, dot)
  const given = Buffer.from(signed.slice(dot + 1), 'base64')
  const expected = createHmac('sha256', secret).update(token).digest()
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined
}

function decodeURIComponentOrEmpty(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}

function toActor(session: LiveSession | null): Actor | null {
  return session && { kind: 'user', id: session.userId, name: session.name, sessionId: session.id }
}
