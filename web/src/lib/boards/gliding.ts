import { mount, unmount } from 'svelte'
import type { Mover } from './movers.ts'
import MoverMark from './MoverMark.svelte'

const GLIDE_MS = 180
const SHIFT_MS = 150
const GLOW_MS = 1600
const EASE = 'cubic-bezier(0.16, 1, 0.3, 1)'

type Shown = Mover & { image?: string | null }

const rowOf = (id: string) => document.querySelector<HTMLElement>(`li[data-card="${id}"]`)
const isStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Remembers where the cards in sight are; `after` moves each from there to where it is then. */
export function watchPlaces(root: Element, moved: ReadonlyMap<string, Shown>) {
  const still = isStill()
  const before = new Map<string, DOMRect>()
  for (const row of root.querySelectorAll<HTMLElement>('li[data-card]'))
    before.set(row.dataset.card!, row.getBoundingClientRect())
  return function after() {
    if (!still) shift(root, before, moved)
    for (const [id, mover] of moved) {
      const row = rowOf(id)
      if (!row) continue
      const from = before.get(id)
      const to = row.getBoundingClientRect()
      if (from && from.left === to.left && from.top === to.top) continue
      if (from && !still) glide(row, from, to)
      glow(row, mover)
    }
  }
}

/** Those that made room. */
function shift(root: Element, before: Map<string, DOMRect>, moved: ReadonlyMap<string, Shown>) {
  for (const row of root.querySelectorAll<HTMLElement>('li[data-card]')) {
    const from = before.get(row.dataset.card!)
    if (!from || moved.has(row.dataset.card!)) continue
    const to = row.getBoundingClientRect()
    const y = from.top - to.top
    if (y === 0 || from.left !== to.left || Math.abs(y) > innerHeight) continue
    row.animate([{ transform: `translateY(${y}px)` }, { transform: 'none' }], { duration: SHIFT_MS, easing: EASE })
  }
}

/** Over everything else, for columns cut off what leaves them. */
function glide(row: HTMLElement, from: DOMRect, to: DOMRect) {
  const [x, y] = [to.left - from.left, to.top - from.top]
  const picture = row.cloneNode(true) as HTMLElement
  for (const named of picture.querySelectorAll('[id]')) named.removeAttribute('id')
  delete picture.dataset.card
  picture.inert = true
  picture.ariaHidden = 'true'
  Object.assign(picture.style, {
    position: 'fixed',
    left: `${from.left}px`,
    top: `${from.top}px`,
    width: `${from.width}px`,
    margin: '0',
    zIndex: '30',
    listStyle: 'none',
    pointerEvents: 'none',
  })
  document.body.append(picture)
  row.style.opacity = '0'
  const flight = picture.animate([{ transform: 'none' }, { transform: `translate(${x}px, ${y}px)` }], {
    duration: GLIDE_MS,
    easing: EASE,
  })
  const land = () => {
    row.style.opacity = ''
    picture.remove()
  }
  flight.finished.then(land, land)
}

/** Once, with who did it. */
function glow(row: HTMLElement, mover: Shown) {
  const target = row.querySelector('article')
  if (!target) return
  const mark = mount(MoverMark, { target, props: { ...mover, ms: GLOW_MS } })
  setTimeout(() => void unmount(mark), GLOW_MS)
}
