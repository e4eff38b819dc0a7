import type { TaskCard } from '@taskflow/shared/dto/task.ts'
import type { Attachment } from 'svelte/attachments'
import { estimateHeight } from './card-height.ts'
import { offsetOf, windowOf } from './windowing.ts'

export const CARD_GAP_PX = 8
const MARGIN_PX = 480
/** What the server assumes of a screen. */
const FIRST_HEIGHT_PX = 900

/** The part of a column that is drawn. Heights are guessed until a card was on the screen once. */
export class CardWindow {
  #cards: () => TaskCard[]
  #keep: () => string | null
  #heights = new Map<string, number>()
  #measured = $state(0)
  #scrollTop = $state(0)
  #height = $state(FIRST_HEIGHT_PX)
  #list: HTMLElement | undefined
  #sizes: ResizeObserver | undefined

  constructor(cards: () => TaskCard[], keep: () => string | null) {
    this.#cards = cards
    this.#keep = keep
  }

  #window = $derived.by(() => {
    void this.#measured
    const cards = this.#cards()
    const view = { scrollTop: this.#scrollTop, height: this.#height, margin: MARGIN_PX }
    return windowOf(cards.length, (index) => this.#heightOf(cards[index]!), CARD_GAP_PX, view)
  })
  above = $derived(this.#window.above)
  below = $derived(this.#window.below)
  #from = $derived(this.#window.from)
  #to = $derived(this.#window.to)

  /** A card that has the focus or is in the hand stays, wherever one scrolls: where it lies beyond what is drawn. */
  #outside = $derived.by(() => {
    const id = this.#keep()
    const index = id ? this.#cards().findIndex((card) => card.id === id) : -1
    return index < 0 || (index >= this.#from && index < this.#to) ? null : index
  })
  kept = $derived.by(() => {
    const index = this.#outside
    return index === null ? null : { id: this.#cards()[index]!.id, top: this.#offsetOf(index) }
  })
  drawn = $derived.by(() => {
    const cards = this.#cards()
    const slice = cards.slice(this.#from, this.#to)
    const index = this.#outside
    if (index === null) return slice
    return index < this.#from ? [cards[index]!, ...slice] : [...slice, cards[index]!]
  })

  viewport: Attachment<HTMLElement> = (list) => {
    this.#list = list
    const scrolled = () => (this.#scrollTop = list.scrollTop)
    const resized = new ResizeObserver(() => (this.#height = list.clientHeight))
    resized.observe(list)
    list.addEventListener('scroll', scrolled, { passive: true })
    scrolled()
    return () => {
      resized.disconnect()
      list.removeEventListener('scroll', scrolled)
    }
  }

  row: Attachment<HTMLElement> = (row) => {
    const sizes = (this.#sizes ??= new ResizeObserver((entries) => this.#measure(entries)))
    sizes.observe(row)
    return () => sizes.unobserve(row)
  }

  /** So far that the card can be drawn and get the focus. */
  reveal(index: number) {
    const list = this.#list
    if (!list) return
    const top = this.#offsetOf(index)
    const height = this.#heightOf(this.#cards()[index]!)
    if (top < list.scrollTop) list.scrollTop = top - CARD_GAP_PX
    else if (top + height > list.scrollTop + list.clientHeight)
      list.scrollTop = top + height + CARD_GAP_PX - list.clientHeight
    this.#scrollTop = list.scrollTop
  }

  /** Heights below are guessed until they are drawn, so the end is where it seems to be only a frame later. */
  showEnd() {
    const list = this.#list
    if (!list) return
    const scroll = () => (list.scrollTop = list.scrollHeight)
    scroll()
    requestAnimationFrame(scroll)
  }

  #offsetOf = (index: number) => {
    const cards = this.#cards()
    return offsetOf(index, (i) => this.#heightOf(cards[i]!), CARD_GAP_PX)
  }

  #heightOf(card: TaskCard): number {
    return this.#heights.get(card.id) ?? estimateHeight(card)
  }

  #measure(entries: ResizeObserverEntry[]) {
    let changed = false
    for (const { target, borderBoxSize } of entries) {
      const id = (target as HTMLElement).dataset.card
      const height = borderBoxSize[0]?.blockSize ?? 0
      if (!id || !height || this.#heights.get(id) === height) continue
      this.#heights.set(id, height)
      changed = true
    }
    if (changed) this.#measured++
  }
}
