import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Postgres does not run as root: as root it gets an account of its own, else `undefined`. */
export interface Account {
  uid: number
  gid: number
  /** Set when that account could not enter the folders on the way, such as /root. */
  capability?: string
}

export function postgresAccount(paths: string[]): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const account = findAccount() ?? createAccount()
  return paths.every(canBeReached) ? account : { ...account, capability: capabilityToEnter(paths) }
}

export function spawnAs(
  account: Account | undefined,
  command: string,
  args: string[],
  options: SpawnOptions,
): ChildProcess {
  if (!account?.capability) return spawn(command, args, { ...options, uid: account?.uid, gid: account?.gid })
  const { uid, gid, capability } = account
  // Postgres asks access(2), which drops capabilities of a non-root user unless no_setuid_fixup is set.
  const drop = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--securebits=+no_setuid_fixup']
  const keep = [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`]
  return spawn('setpriv', [...drop, ...keep, command, ...args], options)
}

function findAccount() {
  const found = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))
  return found ? { uid: Number(found[1]), gid: Number(found[2]) } : undefined
}

function createAccount() {
  try {
    const flags = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin']
    execFileSync('useradd', [...flags, 'postgres'], { stdio: 'pipe' })
  } catch {
    throw new Error('Postgres does not run as root and no account "postgres" could be made: start as another user.')
  }
  return findAccount()!
}

function canBeReached(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

function capabilityToEnter(paths: string[]): string {
  const choice = { dac_read_search: 2n, dac_override: 1n }
  try {
    const bounding = BigInt(`0x${/^CapBnd:\s*(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))![1]}`)
    const found = Object.entries(choice).find(([, bit]) => (bounding >> bit) & 1n)
    execFileSync('setpriv', ['--version'], { stdio: 'pipe' })
    if (found) return found[0]
  } catch {
    // No Linux, or no setpriv: the sentence below says what to do.
  }
  throw new Error(
    `Postgres does not run as root, and its account cannot enter ${paths.map(dirname).join(' or ')}: ` +
      'use a folder that others may enter, start as another user, or set DATABASE_URL.',
  )
}
