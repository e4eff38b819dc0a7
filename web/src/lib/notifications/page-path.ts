import type { Selection } from './selecting.ts'

const AT_ONCE = 50

export function pathOfPage({ filter, workspaceId }: Selection, cursor?: string): string {
  const query = new URLSearchParams({ filter, limit: String(AT_ONCE) })
  if (workspaceId) query.set('workspaceId', workspaceId)
  if (cursor) query.set('cursor', cursor)
  return `/api/notifications?${query}`
}
