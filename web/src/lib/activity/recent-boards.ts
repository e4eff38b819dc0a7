export const RECENT_COOKIE = 'recent-boards'
const KEPT = 4

/** Boards as last opened on this device; in a cookie, so that the first paint knows them. */
export const readRecent = (cookie: string | undefined): string[] => (cookie ?? '').split('.').filter(Boolean)

export function withRecent(recent: readonly string[], boardId: string): string {
  return [boardId, ...recent.filter((id) => id !== boardId)].slice(0, KEPT).join('.')
}
