import type { Store } from '#lib/device.ts'

export const PREFIX = 'draft:'

/** The keys of all drafts on this device, or of one person's. */
export const listDrafts = (store: Store, userId = ''): string[] =>
  Array.from({ length: store.length }, (_, at) => store.key(at) ?? '').filter((key) => key.startsWith(PREFIX + userId))

/** When somebody signs out: whoever uses the device next finds nothing of theirs. */
export function forgetDrafts(store: Store, userId: string): void {
  for (const key of listDrafts(store, userId)) store.removeItem(key)
}
