import { loadWords } from '#lib/messages/parts.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ data, parent }) => {
  const { locale } = await parent()
  const [words, { roles }] = await Promise.all([loadWords('invitation', locale), loadWords('workspace', locale)])
  return { ...data, words, roles }
}
