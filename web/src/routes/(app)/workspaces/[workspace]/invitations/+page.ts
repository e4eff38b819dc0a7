import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Invitation } from '@taskflow/shared/dto/workspace.ts'
import { createApi } from '#lib/api.ts'
import { orNull } from '#lib/loading.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ params, fetch, untrack, url, depends }) => {
  depends('app:invitations')
  const path = `/api/workspaces/${encodeURIComponent(params.workspace)}/invitations?limit=100`
  const page = await orNull(
    createApi(fetch).get<Page<Invitation>>(path),
    untrack(() => url.pathname),
  )
  return { invitations: page?.items ?? null }
}
