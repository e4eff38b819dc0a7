import { loadMessages } from '#lib/messages/current.ts'
import type { LayoutLoad } from './$types'

export const load: LayoutLoad = async ({ data }) => ({ ...data, messages: await loadMessages(data.locale) })
