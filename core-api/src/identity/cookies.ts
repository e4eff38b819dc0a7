import { deriveKey } from '../lib/derive-key.ts'

export function cookiePrefix(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-taskflow' : 'taskflow'
}

export function sessionCookieName(publicUrl: string): string {
  return `${cookiePrefix(publicUrl)}.session_token`
}

export function sessionSecret(appSecret: string): string {
  return deriveKey(appSecret, 'session-cookies').toString('base64url')
}
