import type { WriteStorage } from './edges.ts'
import type { Write } from './write.ts'

/** For programs that end with their work: nothing outlives them. */
export function memoryStorage(kept = new Map<string, Write>()): WriteStorage {
  return {
    load: async () => structuredClone([...kept.values()]),
    save: async (write) => void kept.set(write.key, structuredClone(write)),
    remove: async (key) => void kept.delete(key),
  }
}
