import type { Board } from '@taskflow/shared/dto/board.ts'
import type { HistoryItem } from '@taskflow/shared/dto/history.ts'
import type { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Member } from '@taskflow/shared/dto/workspace.ts'
import { createApi } from '#lib/api.ts'
import { orNull } from '#lib/loading.ts'
import { loadWords } from '#lib/messages/parts.ts'
import { daysLater } from '#lib/time/days.ts'
import { dayIn } from '#lib/time/zones.ts'
import type { PageLoad } from './$types'

const SOON_DAYS = 7

export const load: PageLoad = async ({ data, fetch, parent, depends }) => {
  depends('app:home')
  const { locale, workspace, user } = await parent()
  const { get } = createApi(fetch)
  const at = `/api/workspaces/${workspace.id}`
  const soon = daysLater(dayIn(user.timeZone ?? undefined, Date.now()), SOON_DAYS)
  const [words, due, activity, members, archived] = await Promise.all([
    loadWords('home', locale),
    orNull(get<Page<ListedTask>>(`/api/me/tasks?limit=6&dueTo=${soon}`), '/'),
    orNull(get<Page<HistoryItem>>(`${at}/activity?limit=40`), '/'),
    workspace.role === 'guest' ? null : orNull(get<Page<Member>>(`${at}/members?limit=100`), '/'),
    orNull(get<Page<Board>>(`${at}/boards?archived=true&limit=100`), '/'),
  ])
  return {
    ...data,
    words,
    due: due?.items ?? null,
    activity: activity?.items ?? null,
    members: members?.items ?? null,
    archived: archived?.items ?? [],
  }
}
