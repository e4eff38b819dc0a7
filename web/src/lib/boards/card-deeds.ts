import type { Messages } from '#lib/messages/en.ts'
import { copyAndSay } from '#lib/ui/copy.ts'
import type { Toasts } from '#lib/ui/toasts.svelte.ts'
import type { LiveBoard } from './board.svelte.ts'
import { stepped } from './stepping.ts'

/** What the menu of a card and the palette do alike. */
export function cardDeeds(board: LiveBoard, m: Messages, said: Toasts) {
  /** Among those of its column that pass the filter, whatever the view. */
  const placeOf = (id: string, step: -1 | 1) => {
    const columnId = board.card(id)?.columnId
    const place = columnId && stepped(board.filtered(board.cardsIn(columnId).all), id, step)
    return place ? { columnId, ...place } : null
  }

  return {
    toSide(ids: string[], side: { before: null } | { after: null }) {
      const card = board.card(ids[0]!)
      if (card) board.acts.move(ids, { columnId: card.columnId, ...side })
    },
    canStep: (id: string, step: -1 | 1) => placeOf(id, step) !== null,
    step(id: string, step: -1 | 1) {
      const place = placeOf(id, step)
      if (place) board.acts.move([id], place)
    },
    areDone: (ids: string[]) => ids.every((id) => board.card(id)?.closedAt),
    switchDone(ids: string[]) {
      board.acts.close(ids, !this.areDone(ids))
    },
    copyLink: (id: string) => void copyAndSay(said, `${location.origin}/boards/${board.id}/tasks/${id}`, m.board.menu),
  }
}
