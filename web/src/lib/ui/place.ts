export type Placement = 'bottom-start' | 'bottom-end' | 'top-start' | 'top-end' | 'bottom' | 'top' | 'right'

/** An element, or a place on the screen. */
export type Anchor = Pick<Element, 'getBoundingClientRect'>

const GAP = 6
const EDGE = 8

/** Puts a floating element beside its anchor, on the other side when there is no room. */
export function placeBeside(anchor: Anchor, floating: HTMLElement, placement: Placement): void {
  const a = anchor.getBoundingClientRect()
  const width = floating.offsetWidth
  const height = floating.offsetHeight
  const { clientWidth, clientHeight } = document.documentElement

  const [side = 'bottom', align = 'center'] = placement.split('-')
  const fitsBelow = a.bottom + GAP + height <= clientHeight - EDGE
  const fitsAbove = a.top - GAP - height >= EDGE
  const isAbove = side === 'top' ? fitsAbove || !fitsBelow : side === 'bottom' && !fitsBelow && fitsAbove

  const left =
    side === 'right'
      ? a.right + GAP
      : align === 'start'
        ? a.left
        : align === 'end'
          ? a.right - width
          : a.left + (a.width - width) / 2
  const top = side === 'right' ? a.top + (a.height - height) / 2 : isAbove ? a.top - GAP - height : a.bottom + GAP

  floating.style.left = `${clamp(left, EDGE, clientWidth - width - EDGE)}px`
  floating.style.top = `${clamp(top, EDGE, clientHeight - height - EDGE)}px`
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}
