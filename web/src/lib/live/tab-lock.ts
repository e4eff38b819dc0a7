import type { Lock, WriteStorage } from '@taskflow/shared/sync/edges.ts'

/**
 * Over all tabs of a person only one sends a write. What this tab made it sends at once, for asking the browser first
 * costs time in every click; it takes the lock meanwhile, so that no other tab begins while it is at it.
 */
export function tabLock(userId: string, storage: WriteStorage): { storage: WriteStorage; lock?: Lock } {
  const { locks } = navigator
  // Only on https and localhost. Without it two tabs may send the same write, which its key makes harmless.
  if (!locks) return { storage }
  const own = new Set<string>()
  return {
    storage: {
      ...storage,
      save(write) {
        own.add(`write:${write.key}`)
        return storage.save(write)
      },
      remove(key) {
        own.delete(`write:${key}`)
        return storage.remove(key)
      },
    },
    lock: (name, run) => {
      const inTurn = () => locks.request(`${userId}:${name}`, run) as ReturnType<typeof run>
      if (!own.has(name)) return inTurn()
      const done = run()
      void locks.request(`${userId}:${name}`, () => done.catch(() => {}))
      return done
    },
  }
}
