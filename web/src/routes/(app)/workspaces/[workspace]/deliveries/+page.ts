import type { DeadLetter, Delivery, ScheduleState } from '@taskflow/shared/dto/operations.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import { createApi } from '#lib/api.ts'
import { orNull } from '#lib/loading.ts'
import { isDeliveryStatus } from '#lib/settings/delivery-statuses.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ params, fetch, url, untrack, depends }) => {
  depends('app:deliveries')
  const here = untrack(() => url.pathname)
  const asked = url.searchParams.get('status')
  const status = isDeliveryStatus(asked) ? asked : null
  const { get } = createApi(fetch)
  const ofWorkspace = `workspaceId=${encodeURIComponent(params.workspace)}`
  const [deliveries, schedules, deadLetters] = await Promise.all([
    orNull(
      get<Page<Delivery>>(`/api/operations/deliveries?${ofWorkspace}&limit=50${status ? `&status=${status}` : ''}`),
      here,
    ),
    orNull(get<{ items: ScheduleState[] }>(`/api/operations/schedules?${ofWorkspace}`), here),
    orNull(get<Page<DeadLetter>>(`/api/operations/dead-letters?${ofWorkspace}&limit=50`), here),
  ])
  return { status, deliveries, schedules: schedules?.items ?? null, deadLetters: deadLetters?.items ?? null }
}
