import { createECDH } from 'node:crypto'
import type { Pool } from 'pg'
import type { CoreDeps } from '../core-deps.ts'
import { seal, unseal } from '../lib/sealing.ts'

const LABEL = 'push-key'

export interface PushKey {
  publicKey: string
  privateKey: string
}

interface Row {
  publicKey: string
  sealed: string
}

const FIND = 'select public_key as "publicKey", private_key as sealed from push_key'
const SAVE = 'insert into push_key (public_key, private_key) values ($1, $2) on conflict do nothing'

/** The installation's key by which push services know it (VAPID): made once, by whoever needs it first. */
export async function getPushKey({ pool, config }: Pick<CoreDeps, 'pool' | 'config'>): Promise<PushKey> {
  const row = (await find(pool)) ?? (await make(pool, config))
  return { publicKey: row.publicKey, privateKey: unseal(config, LABEL, row.sealed) }
}

const find = async (pool: Pool) => (await pool.query<Row>(FIND)).rows[0]

async function make(pool: Pool, config: CoreDeps['config']): Promise<Row> {
  const curve = createECDH('prime256v1')
  const publicKey = curve.generateKeys().toString('base64url')
  const privateKey = Buffer.alloc(32)
  const made = curve.getPrivateKey()
  made.copy(privateKey, 32 - made.length)
  await pool.query(SAVE, [publicKey, seal(config, LABEL, privateKey.toString('base64url'))])
  return (await find(pool))!
}
