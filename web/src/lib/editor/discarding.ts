import { messages } from '#lib/messages/current.ts'
import { taskWords } from '#lib/messages/task-words.ts'
import { toasts } from '#lib/ui/toasts.svelte.ts'
import { drafts } from './drafts.ts'
import type { Draft } from './text-edit.ts'

/** For a component that begins: what says that a text was thrown away, and puts it back if it was a slip. */
export function discarding(): (field: string, draft: Omit<Draft, 'at'>) => void {
  const { discarded } = taskWords()
  const { undo } = messages().board.did
  const kept = drafts()
  const said = toasts()
  return (field, draft) => {
    const run = () => kept.putBack(field, { ...draft, at: Date.now() })
    said.show(discarded, { action: { label: undo, run } })
  }
}
