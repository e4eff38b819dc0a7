import type { WorkspaceSnapshot } from '@taskflow/shared/dto/workspace.ts'
import { createApi } from '#lib/api.ts'
import { orNull } from '#lib/loading.ts'
import { loadWords } from '#lib/messages/parts.ts'
import type { LayoutLoad } from './$types'

export const load: LayoutLoad = async ({ params, parent, fetch, untrack, url }) => {
  const { locale, workspaces } = await parent()
  // A guest knows only the boards that they were invited to.
  const isGuest = workspaces.find(({ id }) => id === params.workspace)?.role === 'guest'
  const path = `/api/workspaces/${encodeURIComponent(params.workspace)}`
  const [settings, words, snapshot] = await Promise.all([
    loadWords('settings', locale),
    loadWords('workspace', locale),
    isGuest
      ? null
      : orNull(
          createApi(fetch).get<WorkspaceSnapshot>(path),
          untrack(() => url.pathname),
        ),
  ])
  return { settings, words, snapshot }
}
