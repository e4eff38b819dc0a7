import type { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import { createApi } from '#lib/api.ts'
import { orNull } from '#lib/loading.ts'
import { loadWords } from '#lib/messages/parts.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, parent, depends, untrack, url }) => {
  depends('app:my-tasks')
  const here = untrack(() => url.pathname)
  const asked = orNull(createApi(fetch).get<Page<ListedTask>>('/api/me/tasks?limit=100'), here)
  const [tasks, words] = await Promise.all([asked, parent().then(({ locale }) => loadWords('myTasks', locale))])
  return { tasks, words }
}
