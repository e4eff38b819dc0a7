import { loadWords } from '#lib/messages/parts.ts'
import type { LayoutLoad } from './$types'

export const load: LayoutLoad = async ({ parent }) => ({
  settings: await loadWords('settings', (await parent()).locale),
})
