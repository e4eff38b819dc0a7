import type { KyselyPlugin } from 'kysely'

const WHEN = { createdAt: 'created_at', updatedAt: 'updated_at' }
const DATES = new Set([
  'created_at',
  'updated_at',
  'expires_at',
  'access_token_expires_at',
  'refresh_token_expires_at',
  'locked_until',
])

export const userTable = { modelName: 'auth_user', fields: { ...WHEN, emailVerified: 'email_verified' } }
export const sessionTable = {
  modelName: 'auth_session',
  fields: { ...WHEN, userId: 'user_id', expiresAt: 'expires_at', ipAddress: 'ip_address', userAgent: 'user_agent' },
}
export const accountTable = {
  modelName: 'auth_account',
  fields: {
    ...WHEN,
    userId: 'user_id',
    accountId: 'account_id',
    providerId: 'provider_id',
    accessToken: 'access_token',
    refreshToken: 'refresh_token',
    idToken: 'id_token',
    accessTokenExpiresAt: 'access_token_expires_at',
    refreshTokenExpiresAt: 'refresh_token_expires_at',
  },
}
export const verificationTable = { modelName: 'auth_verification', fields: { ...WHEN, expiresAt: 'expires_at' } }
export const twoFactorTables = {
  user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
  twoFactor: {
    modelName: 'auth_two_factor',
    fields: {
      userId: 'user_id',
      backupCodes: 'backup_codes',
      failedVerificationCount: 'failed_verification_count',
      lockedUntil: 'locked_until',
    },
  },
}
export const passkeyTable = {
  passkey: {
    modelName: 'auth_passkey',
    fields: {
      userId: 'user_id',
      publicKey: 'public_key',
      credentialID: 'credential_id',
      deviceType: 'device_type',
      backedUp: 'backed_up',
      createdAt: 'created_at',
    },
  },
}

// The ORM's pool hands times and big numbers over as text; better-auth compares times as Date.
export const readDates: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => {
    for (const row of result.rows) {
      for (const key in row) {
        const value = row[key]
        if (typeof value !== 'string') continue
        if (DATES.has(key)) row[key] = new Date(value)
        else if (key === 'counter') row[key] = Number(value)
      }
    }
    return result
  },
}
