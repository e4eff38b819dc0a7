import type { Webhook } from '@taskflow/shared/dto/webhook.ts'
import { createApi } from '#lib/api.ts'
import { orNull } from '#lib/loading.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ params, fetch, untrack, url, depends }) => {
  depends('app:webhooks')
  const path = `/api/workspaces/${encodeURIComponent(params.workspace)}/webhooks`
  const answer = await orNull(
    createApi(fetch).get<{ items: Webhook[] }>(path),
    untrack(() => url.pathname),
  )
  return { webhooks: answer?.items ?? null }
}
