import { passkey } from '@better-auth/passkey'
import { newId } from '@taskflow/shared/ids.ts'
import { originsOf } from '@taskflow/shared/origins.ts'
import { APIError, betterAuth } from 'better-auth'
import { createAuthMiddleware, isAPIError } from 'better-auth/api'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Pool } from 'pg'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Post } from '../mail/posting.ts'
import type { Orm } from '../orm.ts'
import { cookiePrefix, sealingSecrets, sessionSecret } from './cookies.ts'
import type { EndSessions } from './ending-sessions.ts'
import { resetMail, verificationMail } from './mail.ts'
import { hashPassword, LONGEST, needsRehash, SHORTEST, verifyPassword } from './passwords.ts'
import * as tables from './tables.ts'

const HOUR_SECONDS = 3600
const DAY_SECONDS = 24 * HOUR_SECONDS
/** After ten wrong codes in a row, wherever they come from. */
export const LOCKED_FOR_SECONDS = 15 * 60
// Ending many sessions looks at this many, so that each one's sockets are closed.
const SESSIONS_LOOKED_AT = 1000

export type Oidc = NonNullable<Config['oidc']>
export type AuthNeeds = { config: Config; log: Log; orm: Orm; pool: Pool; endSessions: EndSessions; post: Post }

export type Auth = ReturnType<typeof createAuth>

export function createAuth({ config, log, orm, pool, endSessions, post }: AuthNeeds, oidc: Oidc | undefined) {
  return betterAuth({
    appName: 'Taskflow',
    baseURL: config.publicUrl,
    basePath: '/api/auth',
    secret: sessionSecret(config.appSecret),
    secrets: sealingSecrets(config),
    trustedOrigins: originsOf(config.publicUrl),
    telemetry: { enabled: false },
    // No transaction: it would hold one connection while the hooks wait for a second, until all of the pool do.
    database: { db: orm.em.fork().getKysely().withPlugin(tables.readDates), type: 'postgres', transaction: false },
    // Names and pictures change by /api/me and /api/me/avatar, which tell everybody who shows them.
    // Errors end on our sign-in page, not on a page of the library's.
    disabledPaths: ['/update-user', '/error'],
    user: { ...tables.userTable, changeEmail: { enabled: false } },
    session: { ...tables.sessionTable, expiresIn: 30 * DAY_SECONDS, updateAge: DAY_SECONDS, freshAge: DAY_SECONDS },
    account: { ...tables.accountTable, encryptOAuthTokens: true, accountLinking: { enabled: true } },
    verification: { ...tables.verificationTable, storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: SHORTEST,
      maxPasswordLength: 4 * LONGEST,
      password: { hash: hashPassword, verify: verifyPassword },
      resetPasswordTokenExpiresIn: HOUR_SECONDS,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) =>
        post(resetMail(user.email, user.name, `${config.publicUrl}/reset-password?token=${token}`), user.id),
    },
    emailVerification: {
      sendOnSignUp: true,
      expiresIn: HOUR_SECONDS,
      sendVerificationEmail: async ({ user, token }) =>
        post(verificationMail(user.email, user.name, `${config.publicUrl}/verify-email?token=${token}`), user.id),
    },
    plugins: [
      twoFactor({
        issuer: 'Taskflow',
        schema: tables.twoFactorTables,
        accountLockout: { enabled: true, maxFailedAttempts: 10, durationSeconds: LOCKED_FOR_SECONDS },
      }),
      passkey({
        rpID: new URL(config.publicUrl).hostname,
        rpName: 'Taskflow',
        origin: originsOf(config.publicUrl),
        schema: tables.passkeyTable,
      }),
      ...(oidc ? [genericOAuth({ config: [toProvider(oidc)] })] : []),
    ],
    databaseHooks: {
      // A picture on another server would tell it who looks at which board when, so no page loads one.
      user: { create: { before: async (user) => ({ data: { ...user, image: null } }) } },
      session: {
        create: { before: async ({ userId }) => admitUser(pool, userId) },
        delete: { after: async ({ id, userId }) => endSessions({ userId, sessionIds: [id] }) },
      },
    },
    hooks: {
      after: createAuthMiddleware(async (ctx) => {
        const signedIn = ctx.context.newSession?.user.id
        if (signedIn && ctx.path === '/sign-in/email') await rehashPassword(pool, signedIn, String(ctx.body.password))
      }),
    },
    // Limits and the origin check stand in front of these routes, the same for every route of the API.
    rateLimit: { enabled: false },
    onAPIError: {
      errorURL: `${config.publicUrl}/sign-in`,
      onError(error) {
        if (!isAPIError(error)) throw error
      },
    },
    logger: { level: 'error', log: (_level, message) => log.error({ source: 'better-auth' }, message) },
    advanced: {
      cookiePrefix: cookiePrefix(config.publicUrl),
      useSecureCookies: false,
      defaultCookieAttributes: { secure: config.publicUrl.startsWith('https:'), sameSite: 'lax', httpOnly: true },
      disableCSRFCheck: true,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: ['x-taskflow-address'] },
      database: { generateId: () => newId(), defaultFindManyLimit: SESSIONS_LOOKED_AT },
    },
  })
}

function toProvider(oidc: Oidc) {
  return {
    providerId: 'oidc',
    name: oidc.name,
    discoveryUrl: discoveryUrl(oidc),
    requireIdTokenVerification: true,
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret,
    scopes: ['openid', 'profile', 'email'],
    pkce: true,
  }
}

export function discoveryUrl({ issuer }: Oidc): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
}

async function admitUser(pool: Pool, userId: string): Promise<void> {
  const { rowCount } = await pool.query('select from auth_user where id = $1 and disabled_at is not null', [userId])
  await pool.query('delete from auth_session where user_id = $1 and expires_at < now()', [userId])
  if (rowCount) throw new APIError('FORBIDDEN', { code: 'DISABLED', message: 'This account is disabled.' })
}

async function rehashPassword(pool: Pool, userId: string, password: string): Promise<void> {
  const { rows } = await pool.query<{ id: string; password: string }>(
    `select id, password from auth_account where user_id = $1 and provider_id = 'credential'`,
    [userId],
  )
  const [account] = rows
  if (!account || !needsRehash(account.password)) return
  await pool.query('update auth_account set password = $2 where id = $1 and password = $3', [
    account.id,
    await hashPassword(password),
    account.password,
  ])
}
