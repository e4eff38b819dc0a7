import type { Preferences } from '@taskflow/shared/dto/preferences.ts'
import type { PushSubscription } from '@taskflow/shared/dto/push.ts'
import type { PersonalWebhook } from '@taskflow/shared/dto/webhook.ts'
import { createApi } from '#lib/api.ts'
import { orNull } from '#lib/loading.ts'
import { loadWords } from '#lib/messages/parts.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, parent, depends, untrack, url }) => {
  depends('app:preferences')
  const here = untrack(() => url.pathname)
  const { get } = createApi(fetch)
  const [preferences, devices, mine, [words, ways]] = await Promise.all([
    orNull(get<Preferences>('/api/me/preferences'), here),
    orNull(get<{ items: PushSubscription[] }>('/api/me/push-subscriptions'), here),
    orNull(
      get<PersonalWebhook | null>('/api/me/webhook').then((webhook) => ({ webhook })),
      here,
    ),
    untrack(parent).then(({ locale }) =>
      Promise.all([loadWords('preferences', locale), loadWords('webhooks', locale)]),
    ),
  ])
  return { preferences, devices: devices?.items ?? null, mine, words, ways }
}
