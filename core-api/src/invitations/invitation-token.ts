import { createHash, createHmac } from 'node:crypto'
import type { Config } from '../config.ts'
import { deriveKey } from '../lib/derive-key.ts'

/** Derived from the id, so that a repeated request can be told the same token again; the database holds its digest. */
export const invitationToken = ({ appSecret }: Pick<Config, 'appSecret'>, id: string): string =>
  createHmac('sha256', deriveKey(appSecret, 'invitation')).update(id).digest('base64url')

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url')
