import { loadWords } from '#lib/messages/parts.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent }) => ({ words: await loadWords('profile', (await parent()).locale) })
