import type { InboxPage } from '@taskflow/shared/dto/notification.ts'
import { createApi } from '#lib/api.ts'
import { orNull } from '#lib/loading.ts'
import { loadWords } from '#lib/messages/parts.ts'
import { isFilter, type Selection } from '#lib/notifications/selecting.ts'
import { pathOfPage } from '#lib/notifications/page-path.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, parent, url, depends, untrack }) => {
  depends('app:inbox')
  const filter = url.searchParams.get('filter')
  const workspaceId = url.searchParams.get('workspace')
  const selection: Selection = { filter: isFilter(filter) ? filter : 'inbox', workspaceId }
  const [page, words] = await Promise.all([
    orNull(
      createApi(fetch).get<InboxPage>(pathOfPage(selection)),
      untrack(() => url.pathname),
    ),
    parent().then(({ locale }) => loadWords('inbox', locale)),
  ])
  return { selection, page, words }
}
