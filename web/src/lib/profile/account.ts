import { createApi } from '#lib/api.ts'
import { keepingPush } from '#lib/push.ts'

// Secrets pass through here: these calls go straight to the server and are never kept on the device.

export interface Session {
  id: string
  token: string
  createdAt: string
  updatedAt: string
  ipAddress?: string | null
  userAgent?: string | null
}

export interface Passkey {
  id: string
  name?: string | null
  createdAt?: string | null
}

export interface Security {
  hasTwoFactor: boolean
  hasPassword: boolean
  sessionId: string
  passkeys: Passkey[]
  /** Null when the sign-in is too long ago to be shown them. */
  sessions: Omit<Session, 'token'>[] | null
}

type Fetch = typeof globalThis.fetch
type Current = { session: { id: string }; user: { twoFactorEnabled?: boolean | null } }
type Account = { providerId: string }

export async function readSecurity(fetch: Fetch): Promise<Security> {
  const api = createApi(fetch)
  const [current, accounts, passkeys, sessions] = await Promise.all([
    api.get<Current>('/api/auth/get-session'),
    api.get<Account[]>('/api/auth/list-accounts'),
    api.get<Passkey[]>('/api/auth/passkey/list-user-passkeys'),
    api.get<Session[]>('/api/auth/list-sessions').catch(() => null),
  ])
  return {
    hasTwoFactor: Boolean(current.user.twoFactorEnabled),
    hasPassword: accounts.some(({ providerId }) => providerId === 'credential'),
    sessionId: current.session.id,
    passkeys,
    sessions: sessions ? withoutTokens(sessions) : null,
  }
}

const withoutTokens = (sessions: Session[]) =>
  sessions
    .toSorted((a, b) => (a.updatedAt > b.updatedAt ? -1 : 1))
    .map(({ id, createdAt, updatedAt, ipAddress, userAgent }) => ({ id, createdAt, updatedAt, ipAddress, userAgent }))

export const account = (fetch: Fetch) => {
  const { post } = createApi(fetch)
  const beginSession = <T>(path: string, body: object) => keepingPush(fetch, () => post<T>(path, body))
  return {
    changePassword: (body: { currentPassword: string; newPassword: string; revokeOtherSessions: boolean }) =>
      beginSession('/api/auth/change-password', body),
    beginTwoFactor: (password: string) =>
      post<{ totpURI: string; backupCodes: string[] }>('/api/auth/two-factor/enable', { password }),
    confirmTwoFactor: (code: string) => beginSession('/api/auth/two-factor/verify-totp', { code }),
    endTwoFactor: (password: string) => beginSession('/api/auth/two-factor/disable', { password }),
    newBackupCodes: (password: string) =>
      post<{ backupCodes: string[] }>('/api/auth/two-factor/generate-backup-codes', { password }),
    removePasskey: (id: string) => post('/api/auth/passkey/delete-passkey', { id }),
    signInAgain: (email: string, password: string) =>
      beginSession<{ twoFactorRedirect?: boolean }>('/api/auth/sign-in/email', { email, password }),
  }
}
