import type { Preferences } from '@taskflow/shared/dto/preferences.ts'
import { createApi } from '#lib/api.ts'
import { orNull } from '#lib/loading.ts'
import { loadWords } from '#lib/messages/parts.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, parent, depends, untrack, url }) => {
  depends('app:preferences')
  const [preferences, words] = await Promise.all([
    orNull(
      createApi(fetch).get<Preferences>('/api/me/preferences'),
      untrack(() => url.pathname),
    ),
    parent().then(({ locale }) => loadWords('preferences', locale)),
  ])
  return { preferences, words }
}
