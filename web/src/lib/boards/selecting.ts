import type { Lift, LiveBoard } from './board.svelte.ts'

/** As they lie on the board: column by column, from the top. */
export function inOrder(board: LiveBoard, ids: Iterable<string>): string[] {
  const wanted = new Set(ids)
  if (wanted.size === 0) return []
  return board.columns.flatMap(({ id }) =>
    board.cardsIn(id).all.flatMap((card) => (wanted.has(card.id) ? card.id : [])),
  )
}

/** What says so of each card that is selected, to those who do not see it. */
export const SELECTED_ID = 'is-selected'

/** What is selected and still there: the filter may hide some of it, and what one does not see is not acted on. */
export function selected(board: LiveBoard): { shown: string[]; hidden: string[] } {
  const { true: shown = [], false: hidden = [] } = Object.groupBy(inOrder(board, board.selection), (id) =>
    String(board.isInSight(board.card(id)!)),
  )
  return { shown, hidden }
}

/** What an act on a card is done to: all that is selected and seen, if it is among them. */
export const targetsOf = (board: LiveBoard, id: string): string[] =>
  board.selection.has(id) ? inOrder(board, [id, ...selected(board).shown]) : [id]

/** The card below the gap that is not in the hand itself. */
export function belowAll(board: LiveBoard, { columnId, before }: Lift, ids: string[]): string | null {
  if (before === null || !ids.includes(before)) return before
  const cards = board.shownIn(columnId)
  const from = cards.findIndex(({ id }) => id === before)
  return cards.slice(from).find(({ id }) => !ids.includes(id))?.id ?? null
}

/** Ctrl or Cmd adds to the selection, Shift what lies between too. Any other press is for the link. */
export function press(board: LiveBoard, event: MouseEvent, id: string): void {
  if (!event.metaKey && !event.ctrlKey && !event.shiftKey) return
  event.preventDefault()
  const ids = board.shownIn(board.card(id)?.columnId ?? '').map((card) => card.id)
  const from = board.focusedId ? ids.indexOf(board.focusedId) : -1
  if (event.shiftKey && from >= 0) {
    const to = ids.indexOf(id)
    for (const one of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) board.selection.add(one)
  } else toggle(board, id)
  document.getElementById(`card-${id}`)?.focus()
}

export function toggle({ selection }: LiveBoard, id: string): void {
  if (!selection.delete(id)) selection.add(id)
}
