const EDGE_PX = 56
const FASTEST_PX = 14

/** Scrolls the column and the board under the pointer while it is near an edge of theirs. */
export function scrollAtEdges(board: HTMLElement) {
  let x = -1
  let y = -1
  let frame = 0
  let isRunning = false

  const step = () => {
    const list = document.elementFromPoint(x, y)?.closest('section')?.querySelector('ul')
    const movedList = list ? push(list, 'scrollTop', y, 'top', 'bottom') : false
    const movedBoard = push(board, 'scrollLeft', x, 'left', 'right')
    isRunning = movedList || movedBoard
    if (isRunning) frame = requestAnimationFrame(step)
  }

  return {
    at(clientX: number, clientY: number) {
      x = clientX
      y = clientY
      if (isRunning) return
      isRunning = true
      frame = requestAnimationFrame(step)
    },
    stop() {
      cancelAnimationFrame(frame)
    },
  }
}

function push(
  element: HTMLElement,
  scroll: 'scrollTop' | 'scrollLeft',
  at: number,
  start: 'top' | 'left',
  end: 'bottom' | 'right',
): boolean {
  const box = element.getBoundingClientRect()
  const by = speed(box[end] - at) - speed(at - box[start])
  if (by === 0) return false
  const before = element[scroll]
  element[scroll] += by
  return element[scroll] !== before
}

/** Faster the nearer the edge, also beyond it. */
const speed = (distance: number) =>
  distance >= EDGE_PX ? 0 : Math.ceil(FASTEST_PX * Math.min(1, (EDGE_PX - distance) / EDGE_PX))
