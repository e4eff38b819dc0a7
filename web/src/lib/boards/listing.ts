import type { Board } from '@taskflow/shared/dto/board.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import { ApiError, createApi } from '#lib/api.ts'

export type { Board }

/** Null says that the list could not be had, which is not the same as having no boards. */
export async function listBoards(fetch: typeof globalThis.fetch, workspaceId: string): Promise<Board[] | null> {
  try {
    return await allPages(createApi(fetch), `/api/workspaces/${workspaceId}/boards?limit=100`)
  } catch (error) {
    if (error instanceof ApiError) return null
    throw error
  }
}

async function allPages(api: ReturnType<typeof createApi>, path: string): Promise<Board[]> {
  const boards: Board[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Page<Board> = await api.get(cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path)
    boards.push(...page.items)
    cursor = page.next
  }
  return boards
}
