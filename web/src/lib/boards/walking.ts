import { tick } from 'svelte'
import type { LiveBoard } from './board.svelte.ts'

export type Direction = 'up' | 'down' | 'left' | 'right'

/** Scrolls to a card and gives it the focus, also when it was not drawn before. */
export async function focusCard(board: LiveBoard, id: string): Promise<void> {
  const columnId = board.lift?.id === id ? board.lift.columnId : board.card(id)?.columnId
  if (!columnId) return
  const index = board.shownIn(columnId).findIndex((card) => card.id === id)
  if (index < 0) return
  board.focusedId = id
  board.reveal(columnId, index)
  await tick()
  const link = document.getElementById(`card-${id}`)
  link?.focus({ preventScroll: true })
  link?.closest('[data-column]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

/** From the card in focus to its neighbour; from nowhere, to the first card. */
export function walk(board: LiveBoard, direction: Direction): void {
  const columns = board.columns.map(({ id }) => board.shownIn(id)).map((cards) => cards.map(({ id }) => id))
  const from = board.focusedId
  const x = columns.findIndex((ids) => from !== null && ids.includes(from))
  if (x < 0) {
    const first = columns.find((ids) => ids.length)?.[0]
    if (first) void focusCard(board, first)
    return
  }
  const y = columns[x]!.indexOf(from!)
  const target = direction === 'up' || direction === 'down' ? columns[x]![y + STEP[direction]] : beside()
  if (target) void focusCard(board, target)

  function beside() {
    const step = STEP[direction]
    for (let next = x + step; next >= 0 && next < columns.length; next += step) {
      const ids = columns[next]!
      if (ids.length) return ids[Math.min(y, ids.length - 1)]
    }
    return undefined
  }
}

const STEP = { up: -1, left: -1, down: 1, right: 1 }
