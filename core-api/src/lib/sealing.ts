import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { deriveKey } from './derive-key.ts'

type Secrets = { appSecret: string; appSecretPrevious?: string | undefined }

const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Text that only a process with the secret can read again; `label` is what it is for. */
export function seal({ appSecret }: Secrets, label: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, deriveKey(appSecret, `seal:${label}`), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url')
}

export function unseal({ appSecret, appSecretPrevious }: Secrets, label: string, sealed: string): string {
  try {
    return open(appSecret, label, sealed)
  } catch (error) {
    if (!appSecretPrevious) throw error
    return open(appSecretPrevious, label, sealed)
  }
}

function open(secret: string, label: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const key = deriveKey(secret, `seal:${label}`)
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  const text = [decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]
  return Buffer.concat(text).toString('utf8')
}
