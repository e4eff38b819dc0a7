import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Config } from '../config.ts'
import { deriveKey } from '../lib/derive-key.ts'

type Secrets = Pick<Config, 'appSecret' | 'appSecretPrevious'>

const TOKEN = /^([0-9a-f]{32})\.([\w-]{43})$/

// It works for as long as the mail lies in a mailbox, without signing in, and can do one thing only.
export const unsubscribeUrl = (config: Secrets & Pick<Config, 'publicUrl'>, userId: string): string =>
  `${config.publicUrl}/api/unsubscribe/${tokenFor(config.appSecret, userId)}`

/** Whose mail the token stops; null if nobody made it. */
export function readUnsubscribeToken({ appSecret, appSecretPrevious }: Secrets, token: string): string | null {
  const [, hex] = TOKEN.exec(token) ?? []
  if (!hex) return null
  const userId = hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
  const secrets = [appSecret, ...(appSecretPrevious ? [appSecretPrevious] : [])]
  return secrets.some((secret) => equal(tokenFor(secret, userId), token)) ? userId : null
}

function tokenFor(secret: string, userId: string): string {
  const signature = createHmac('sha256', deriveKey(secret, 'unsubscribe')).update(userId).digest('base64url')
  return `${userId.replaceAll('-', '')}.${signature}`
}

const equal = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
