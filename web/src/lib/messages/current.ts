import { createContext } from 'svelte'
import type { Messages } from './en.ts'
import type { Locale } from './locale.ts'

const [messages, provideMessages] = createContext<Messages>()
export { messages, provideMessages }

export async function loadMessages(locale: Locale): Promise<Messages> {
  if (locale === 'de') return (await import('./de.ts')).de
  return (await import('./en.ts')).en
}
