import { OK, type Reply } from './resp.ts'

interface Entry {
  value: Buffer
  expiresAt: number
}

type Command = (args: Buffer[]) => Reply

const SWEEP_ABOVE = 10_000
const SYNTAX: Reply = { error: 'ERR syntax error' }

/** Counters and leases that end, as rate limits need them. */
export function createKeys(now: () => number = Date.now) {
  const entries = new Map<string, Entry>()

  const find = (key: string): Entry | undefined => {
    const entry = entries.get(key)
    if (entry && entry.expiresAt <= now()) {
      entries.delete(key)
      return undefined
    }
    return entry
  }

  const sweep = () => {
    if (entries.size < SWEEP_ABOVE) return
    for (const key of entries.keys()) find(key)
  }

  const incrementBy = (key: string, step: number): Reply => {
    const entry = find(key)
    const next = Number(entry?.value.toString() ?? 0) + step
    if (!Number.isSafeInteger(next)) return { error: 'ERR value is not an integer or out of range' }
    entries.set(key, { value: Buffer.from(String(next)), expiresAt: entry?.expiresAt ?? Infinity })
    sweep()
    return next
  }

  const set = (args: Buffer[]): Reply => {
    const [key, value, ...options] = args
    const words = options.map((option) => option.toString().toUpperCase())
    let expiresAt = Infinity
    const existing = find(String(key))
    while (words.length > 0) {
      const word = words.shift()!
      if (word === 'NX' && existing) return null
      else if (word === 'XX' && !existing) return null
      else if (word === 'EX' || word === 'PX') expiresAt = now() + Number(words.shift()) * (word === 'EX' ? 1000 : 1)
      else if (word !== 'NX' && word !== 'XX') return SYNTAX
    }
    if (!value || Number.isNaN(expiresAt)) return SYNTAX
    entries.set(String(key), { value: Buffer.from(value), expiresAt })
    sweep()
    return OK
  }

  const expire =
    (unitMs: number) =>
    (args: Buffer[]): Reply => {
      const [key, amount, when] = args.map(String)
      const entry = find(key!)
      const condition = when?.toUpperCase()
      if (condition && condition !== 'NX') return SYNTAX
      if (!entry || (condition === 'NX' && entry.expiresAt !== Infinity)) return 0
      entry.expiresAt = now() + Number(amount) * unitMs
      return 1
    }

  const remaining =
    (unitMs: number) =>
    (args: Buffer[]): Reply => {
      const entry = find(String(args[0]))
      if (!entry) return -2
      return entry.expiresAt === Infinity ? -1 : Math.round((entry.expiresAt - now()) / unitMs)
    }

  const commands: Record<string, Command> = {
    GET: (args) => find(String(args[0]))?.value ?? null,
    SET: set,
    DEL: (args) => args.filter((key) => find(String(key)) && entries.delete(String(key))).length,
    EXISTS: (args) => args.filter((key) => find(String(key))).length,
    INCR: (args) => incrementBy(String(args[0]), 1),
    INCRBY: (args) => incrementBy(String(args[0]), Number(args[1])),
    EXPIRE: expire(1000),
    PEXPIRE: expire(1),
    TTL: remaining(1000),
    PTTL: remaining(1),
    FLUSHALL: () => (entries.clear(), OK),
    FLUSHDB: () => (entries.clear(), OK),
  }
  return commands
}
