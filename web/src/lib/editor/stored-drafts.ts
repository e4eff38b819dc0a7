export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** Null where the browser lets nothing be kept. */
export function storeOfDevice(): Store | null {
  try {
    return localStorage
  } catch {
    return null
  }
}

export const PREFIX = 'draft:'

/** The keys of all drafts on this device, or of one person's. */
export const listDrafts = (store: Store, userId = ''): string[] =>
  Array.from({ length: store.length }, (_, at) => store.key(at) ?? '').filter((key) => key.startsWith(PREFIX + userId))

/** When somebody signs out: whoever uses the device next finds nothing of theirs. */
export function forgetDrafts(store: Store, userId: string): void {
  for (const key of listDrafts(store, userId)) store.removeItem(key)
}
