export interface Window {
  from: number
  to: number
  /** Height of what is left out above and below. */
  above: number
  below: number
}

interface View {
  scrollTop: number
  height: number
  /** Rendered beyond both edges, so that scrolling does not outrun it. */
  margin: number
}

/** Which rows of a long list are to be drawn: those that are seen, and some more. */
export function windowOf(count: number, heightOf: (index: number) => number, gap: number, view: View): Window {
  const top = view.scrollTop - view.margin
  const bottom = view.scrollTop + view.height + view.margin
  const window = { from: -1, to: 0, above: 0, below: 0 }
  let offset = 0
  for (let index = 0; index < count; index++) {
    const end = offset + heightOf(index) + gap
    if (end <= top) window.above = end
    else if (offset >= bottom) {
      window.below += end - offset
    } else {
      if (window.from < 0) window.from = index
      window.to = index + 1
    }
    offset = end
  }
  if (window.from < 0) return { from: 0, to: 0, above: 0, below: offset }
  return window
}

export function offsetOf(index: number, heightOf: (index: number) => number, gap: number): number {
  let offset = 0
  for (let i = 0; i < index; i++) offset += heightOf(i) + gap
  return offset
}
