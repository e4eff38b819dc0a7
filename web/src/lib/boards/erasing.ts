import type { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Api } from '#lib/api.ts'

const MOST_AT_ONCE = 200

/** Erases these tasks, and what lies in the trash behind them if it is said where; answers whether all of them went. */
export async function eraseTasks(
  api: Pick<Api, 'get' | 'post'>,
  boardId: string,
  { ids, next }: { ids: string[]; next: string | null },
): Promise<boolean> {
  let isAll = true
  const path = `/api/boards/${boardId}/tasks/bulk`
  for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
    const body = { ids: ids.slice(at, at + MOST_AT_ONCE), act: { type: 'erase' } }
    const results = await api.post<{ ok: boolean }[]>(path, body)
    isAll &&= results.every(({ ok }) => ok)
  }
  if (next === null) return isAll
  const query = new URLSearchParams({ state: 'trash', limit: `${MOST_AT_ONCE}`, cursor: next })
  const page = await api.get<Page<ListedTask>>(`/api/boards/${boardId}/tasks?${query}`)
  const isRest = await eraseTasks(api, boardId, { ids: page.items.map(({ id }) => id), next: page.next })
  return isAll && isRest
}
