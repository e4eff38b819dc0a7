import { createHash } from 'node:crypto'
import type { RateLimits, Rule } from '../http/rate-limit.ts'

type Body = Record<string, unknown>
type Limit = { paths: RegExp; perAddress: Rule; perAccount?: Rule }

const MINUTE = 60
const HOUR = 3600

const LIMITS: Limit[] = [
  {
    paths: /^\/sign-in\//,
    perAddress: { name: 'sign-in-address', limit: 30, windowSeconds: 5 * MINUTE },
    perAccount: { name: 'sign-in-account', limit: 10, windowSeconds: 5 * MINUTE },
  },
  {
    paths: /^\/sign-up\//,
    // A whole company may sign up from behind one address on its first morning.
    perAddress: { name: 'sign-up-address', limit: 500, windowSeconds: HOUR },
  },
  {
    paths: /^\/(request-password-reset|send-verification-email)$/,
    perAddress: { name: 'mail-address', limit: 15, windowSeconds: HOUR },
    perAccount: { name: 'mail-account', limit: 4, windowSeconds: HOUR },
  },
  {
    paths: /^\/(reset-password|verify-email|verify-password|change-password)(\/|$)/,
    perAddress: { name: 'secret-address', limit: 30, windowSeconds: 15 * MINUTE },
    perAccount: { name: 'secret-account', limit: 15, windowSeconds: 15 * MINUTE },
  },
  {
    paths: /^\/(two-factor|passkey)\//,
    perAddress: { name: 'second-factor-address', limit: 30, windowSeconds: 5 * MINUTE },
    perAccount: { name: 'second-factor-account', limit: 15, windowSeconds: 5 * MINUTE },
  },
]

// Guessing is slowed both from one place at many accounts and from many places at one account.
export async function limitAttempts(
  limits: RateLimits,
  path: string,
  who: { address: string; userId: string | undefined; body: Body | undefined },
): Promise<void> {
  const limit = LIMITS.find(({ paths }) => paths.test(path))
  if (!limit) return
  await limits.take(limit.perAddress, who.address)
  const account = accountOf(who.body) ?? who.userId
  if (limit.perAccount && account) await limits.take(limit.perAccount, account)
}

function accountOf(body: Body | undefined): string | undefined {
  const email = body?.email
  if (typeof email !== 'string') return undefined
  return createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')
}
