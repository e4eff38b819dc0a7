import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from './config.ts'
import { Fault } from './fault.ts'

const NAMES = ['APP_SECRET', 'INTERNAL_SECRET', 'POSTGRES_PASSWORD'] as const

export type Secrets = Record<(typeof NAMES)[number], string>

/** What the environment does not give is generated once and kept, so that sessions outlive a restart. */
export function readSecrets(dataDir: string, env: Environment): Secrets {
  const file = join(dataDir, 'secrets.json')
  const kept = existsSync(file) ? readKept(file) : {}
  const all = Object.fromEntries(NAMES.map((name) => [name, kept[name] ?? randomBytes(32).toString('base64url')]))
  if (NAMES.some((name) => !kept[name])) keepSecrets(dataDir, all as Secrets)
  chmodSync(file, 0o600)
  const given = NAMES.flatMap((name) => (env[name] ? [[name, env[name]]] : []))
  return { ...all, ...Object.fromEntries(given) } as Secrets
}

/** What is not to be found in the environment of whoever restores. */
export function generatedSecrets(secrets: Secrets, env: Environment): Partial<Secrets> {
  const names = ['APP_SECRET', 'INTERNAL_SECRET'] as const
  return Object.fromEntries(names.filter((name) => !env[name]).map((name) => [name, secrets[name]]))
}

export function keepSecrets(dataDir: string, secrets: Secrets): void {
  const file = join(dataDir, 'secrets.json')
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function readKept(file: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new Fault(`${file} cannot be read as JSON: put back a copy, since the data is encrypted with what it held.`)
  }
}
