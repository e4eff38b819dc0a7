import { loadWords } from '#lib/messages/parts.ts'
import type { LayoutLoad } from './$types'

export const load: LayoutLoad = async ({ parent }) => ({ own: await loadWords('webhooks', (await parent()).locale) })
