import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Webhook, WebhookDelivery } from '@taskflow/shared/dto/webhook.ts'
import { createApi } from '#lib/api.ts'
import { orNull, orPage } from '#lib/loading.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ params, fetch, untrack, url, depends }) => {
  depends('app:webhook')
  const here = untrack(() => url.pathname)
  const path = `/api/webhooks/${encodeURIComponent(params.webhook)}`
  const { get } = createApi(fetch)
  const [webhook, log] = await Promise.all([
    orPage(get<Webhook>(path), here),
    orNull(get<Page<WebhookDelivery>>(`${path}/deliveries?limit=30`), here),
  ])
  return { webhook, log }
}
