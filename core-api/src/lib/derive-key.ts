import { hkdfSync } from 'node:crypto'

// One secret, one label per use: no two purposes ever share a key.
export function deriveKey(secret: string, label: string, bytes = 32): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'taskflow', label, bytes))
}
