import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import { createLocalJWKSet, type JWK, type JWTVerifyGetKey } from 'jose'
import { deriveKey } from '../lib/derive-key.ts'
import type { Config } from '../config.ts'

const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

export type SigningKey = {
  /** A compact JWS over these claims, made synchronously in a few dozen microseconds. */
  sign(claims: Record<string, unknown>): string
  jwks: { keys: JWK[] }
  keyFor: JWTVerifyGetKey
}

// No table holds the key: every replica derives the same one from APP_SECRET. The previous secret's key still verifies.
export function createSigningKey(config: Pick<Config, 'appSecret' | 'appSecretPrevious'>): SigningKey {
  const current = privateKey(config.appSecret)
  const secrets = [config.appSecret, ...(config.appSecretPrevious ? [config.appSecretPrevious] : [])]
  const jwks = { keys: secrets.map((secret) => toJwk(privateKey(secret))) }
  const header = encode({ alg: 'EdDSA', typ: 'JWT', kid: jwks.keys[0]!.kid })
  return {
    sign(claims) {
      const signed = `${header}.${encode(claims)}`
      return `${signed}.${sign(null, Buffer.from(signed), current).toString('base64url')}`
    },
    jwks,
    keyFor: createLocalJWKSet(jwks),
  }
}

function privateKey(secret: string): KeyObject {
  const seed = deriveKey(secret, 'signing-key')
  return createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, seed]), format: 'der', type: 'pkcs8' })
}

function toJwk(key: KeyObject): JWK {
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  const thumbprint = createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url')
  return { kty: 'OKP', crv: 'Ed25519', x: x!, kid: thumbprint, alg: 'EdDSA', use: 'sig' }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
