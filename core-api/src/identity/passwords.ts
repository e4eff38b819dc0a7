import { readFileSync } from 'node:fs'
import { hash, verify } from '@node-rs/argon2'
import { Invalid } from '../errors.ts'

export const SHORTEST = 8
export const LONGEST = 128

const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const CURRENT = `$argon2id$v=19$m=${ARGON2ID.memoryCost},t=${ARGON2ID.timeCost},p=${ARGON2ID.parallelism}$`

const list = readFileSync(new URL('common-passwords.txt', import.meta.url), 'utf8')
const common = new Set(list.split('\n').filter((line) => !line.startsWith('#')))

export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2ID)
}

export async function verifyPassword({ hash: stored, password }: { hash: string; password: string }): Promise<boolean> {
  return verify(stored, password).catch(() => false)
}

export function needsRehash(stored: string): boolean {
  return !stored.startsWith(CURRENT)
}

// Length counts in characters as people see them typed; nothing is trimmed, cut or required.
export function refuseWeakPassword(password: string, field: string): void {
  const length = [...password].length
  if (length < SHORTEST) throw weak(field, `must have at least ${SHORTEST} characters`)
  if (length > LONGEST) throw weak(field, `must have at most ${LONGEST} characters`)
  if (common.has(password.toLowerCase())) throw weak(field, 'is one of the commonest passwords: choose another')
}

function weak(path: string, message: string) {
  return new Invalid([{ path, message }], 'identity.weak_password')
}
