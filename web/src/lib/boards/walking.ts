import { tick } from 'svelte'
import type { LiveBoard } from './board.svelte.ts'

export type Direction = 'up' | 'down' | 'left' | 'right'

/** Scrolls to a card and gives it the focus, also when it was not drawn before. */
export async function focusCard(board: LiveBoard, id: string): Promise<void> {
  const list = board.lists().find((one) => one.cards().some((card) => card.id === id))
  if (!list) return
  board.focusedId = id
  list.reveal(list.cards().findIndex((card) => card.id === id))
  await tick()
  const link = document.getElementById(`card-${id}`)
  link?.focus({ preventScroll: true })
  const place = link?.closest('[data-column]') ?? link
  place?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

/** Remembers the card that has the focus; what is answered gives it back if the card was moved, or to its neighbour. */
export function watchFocus(board: LiveBoard, { isOwn }: { isOwn: boolean }): (() => void) | null {
  const id = document.activeElement?.closest<HTMLElement>('[data-card]')?.dataset.card
  if (!id) return null
  const before = board.lists().map((list) => list.cards().findIndex((card) => card.id === id))
  const at = before.findIndex((index) => index >= 0)
  if (at < 0) return null
  return () => {
    if (document.activeElement !== document.body) return
    // What others move is not run after: the board stays where one looks at it.
    const link = document.getElementById(`card-${id}`)
    if (link && !isOwn) return link.focus({ preventScroll: true })
    const lists = board.lists().map((list) => list.cards())
    const next = link ? id : (lists[at]?.[before[at]!] ?? lists[at]?.at(-1) ?? lists.flat()[0])?.id
    if (next) void focusCard(board, next)
  }
}

/** From the card in focus to its neighbour; from nowhere, to the first card. */
export function walk(board: LiveBoard, direction: Direction): void {
  const columns = board.lists().map((list) => list.cards().map(({ id }) => id))
  const from = board.focusedId
  const x = columns.findIndex((ids) => from !== null && ids.includes(from))
  if (x < 0) {
    const first = columns.find((ids) => ids.length)?.[0]
    if (first) void focusCard(board, first)
    return
  }
  const y = columns[x]!.indexOf(from!)
  const target = direction === 'up' || direction === 'down' ? along() : beside()
  if (target) void focusCard(board, target)

  /** Columns end; days follow one another. */
  function along() {
    const ids = board.root ? columns[x]! : columns.flat()
    return ids[ids.indexOf(from!) + STEP[direction]]
  }

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
