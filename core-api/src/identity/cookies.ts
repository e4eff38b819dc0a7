import type { Config } from '../config.ts'
import { deriveKey } from '../lib/derive-key.ts'

const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])$/

/** Cookies know no ports: two installations on one machine would sign each other out under the same name. */
export function cookiePrefix(publicUrl: string): string {
  const { protocol, hostname, port } = new URL(publicUrl)
  const name = protocol === 'https:' ? '__Host-taskflow' : 'taskflow'
  return port && LOOPBACK.test(hostname) ? `${name}-${port}` : name
}

export function sessionCookieName(publicUrl: string): string {
  return `${cookiePrefix(publicUrl)}.session_token`
}

export function sessionSecret(appSecret: string): string {
  return deriveKey(appSecret, 'session-cookies').toString('base64url')
}

/** What better-auth encrypts names its secret by number: second factors outlive a change of APP_SECRET by it. */
export function sealingSecrets({ appSecret, appSecretPrevious }: Pick<Config, 'appSecret' | 'appSecretPrevious'>) {
  return [...new Set([appSecret, appSecretPrevious])]
    .filter((secret) => secret !== undefined)
    .map((secret) => ({ version: numberOf(secret), value: sessionSecret(secret) }))
}

function numberOf(secret: string): number {
  return deriveKey(secret, 'session-cookies-number', 4).readUInt32BE()
}
