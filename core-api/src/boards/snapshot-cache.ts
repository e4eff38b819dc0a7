const LIMIT_BYTES = 64 * 1024 * 1024

interface Entry {
  etag: string
  json: Promise<Buffer>
  bytes: number
}

export type SnapshotCache = ReturnType<typeof createSnapshotCache>

/**
 * Boards as they were read last, by position: equal positions mean equal states. Whoever asks has been let in and has
 * read the position in the same transaction. Those who come while the first still builds wait for what it builds.
 */
export function createSnapshotCache(limitBytes = LIMIT_BYTES) {
  const entries = new Map<string, Entry>()
  let total = 0

  const drop = (boardId: string) => {
    total -= entries.get(boardId)?.bytes ?? 0
    entries.delete(boardId)
  }

  async function keep(boardId: string, entry: Entry): Promise<void> {
    entries.set(boardId, entry)
    const bytes = await entry.json.then(
      (json) => json.length,
      () => Infinity,
    )
    if (entries.get(boardId) !== entry) return
    if (bytes > limitBytes) return drop(boardId)
    entry.bytes = bytes
    total += bytes
    for (const oldest of entries.keys()) if (total > limitBytes) drop(oldest)
  }

  return {
    /** Building fails for the one whose transaction fails; those who waited build for themselves. */
    get(boardId: string, etag: string, build: () => Promise<Buffer>): Promise<Buffer> {
      const known = entries.get(boardId)
      if (known?.etag === etag) {
        entries.delete(boardId)
        entries.set(boardId, known)
        return known.json.catch(build)
      }
      drop(boardId)
      const json = build()
      void keep(boardId, { etag, json, bytes: 0 })
      return json
    },
  }
}
