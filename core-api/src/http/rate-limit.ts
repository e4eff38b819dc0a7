import { TooMany } from '../errors.ts'
import type { Redis } from '../redis.ts'

const REDIS_PATIENCE_MS = 250
const LOCAL_LIMIT = 50_000

export type Rule = { name: string; limit: number; windowSeconds: number }
export type RateLimits = ReturnType<typeof createRateLimits>

// Counted in Redis for all instances together; while Redis is away each instance counts for itself.
export function createRateLimits(redis: Redis, scale: number, now: () => number = Date.now) {
  const local = new Map<string, { count: number; endsAt: number }>()

  async function count(key: string, windowMs: number): Promise<number> {
    const here = countHere(key, windowMs)
    try {
      return Math.max(here, await withPatience(countInRedis(key, windowMs)))
    } catch {
      return here
    }
  }

  async function countInRedis(key: string, windowMs: number): Promise<number> {
    const counted = await redis.publisher.incr(key)
    if (counted === 1) await redis.publisher.pExpire(key, windowMs)
    return counted
  }

  function countHere(key: string, windowMs: number): number {
    const at = now()
    if (local.size >= LOCAL_LIMIT) local.clear()
    const seen = local.get(key)
    const counter = seen && seen.endsAt > at ? seen : { count: 0, endsAt: at + windowMs }
    local.set(key, counter)
    return ++counter.count
  }

  return {
    /** Counts one attempt by whom; throws when there were too many in this window. */
    async take(rule: Rule, whom: string): Promise<void> {
      const windowMs = rule.windowSeconds * 1000
      const window = Math.floor(now() / windowMs)
      const counted = await count(`limit:${rule.name}:${whom}:${window}`, windowMs)
      if (counted <= rule.limit * scale) return
      const seconds = Math.max(1, Math.ceil(((window + 1) * windowMs - now()) / 1000))
      throw new TooMany('request.too_many', 'Too many attempts. Wait a little.', seconds)
    },
  }
}

function withPatience<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Redis did not answer in time')), REDIS_PATIENCE_MS)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
