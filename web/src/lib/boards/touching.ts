import type { Attachment } from 'svelte/attachments'
import { scrollAtEdges } from './autoscroll.ts'
import type { LiveBoard } from './board.svelte.ts'
import { holdAt } from './dragging.ts'
import { drawInHand } from './in-hand.ts'
import { liftCard } from './lifting.ts'

const LONG_MS = 280
const SLACK_PX = 9
const TYPES = ['touchmove', 'touchend', 'touchcancel'] as const

/** With a finger: hold, then drag. A finger that moves before that scrolls, as everywhere. */
export const touchCards =
  (board: LiveBoard): Attachment<HTMLElement> =>
  (root) => {
    let pending: { timer: ReturnType<typeof setTimeout>; x: number; y: number } | null = null
    let hand: Hand | null = null
    let unfollow = () => {}
    let began = { x: 0, y: 0 }

    const forget = () => {
      clearTimeout(pending?.timer)
      pending = null
    }
    const down = (event: TouchEvent) => {
      forget()
      const target = event.target as HTMLElement
      const row = target.closest<HTMLElement>('li[data-card]')
      const touch = event.touches[0]
      if (touch) began = { x: touch.clientX, y: touch.clientY }
      if (!row || event.touches.length > 1 || target.closest('button')) return
      const { x, y } = began
      const timer = setTimeout(() => {
        pending = null
        if (!liftCard(board, row.dataset.card!, 'touch')) return
        navigator.vibrate?.(10)
        hand = takeUp(board, root, row, x, y)
        follow(target)
      }, LONG_MS)
      pending = { timer, x, y }
    }
    /** A touch belongs to the element on which it began, even when its card is drawn anew in another column. */
    const follow = (target: HTMLElement) => {
      const relay = (event: TouchEvent) => {
        if (target.isConnected) return
        if (event.type === 'touchmove') move(event)
        else up(event)
      }
      for (const type of TYPES) target.addEventListener(type, relay, { passive: false })
      unfollow = () => TYPES.forEach((type) => target.removeEventListener(type, relay))
    }
    /** A swipe past the first column is no wish to leave the page, which browsers take it for. */
    const leadsAway = ({ clientX, clientY }: Touch) =>
      root.scrollLeft <= 0 && clientX - began.x > Math.abs(clientY - began.y)
    const move = (event: TouchEvent) => {
      const touch = event.touches[0]
      if (!touch) return
      if (hand) {
        event.preventDefault()
        hand.move(touch.clientX, touch.clientY)
      } else if (leadsAway(touch)) {
        forget()
        event.preventDefault()
      } else if (pending && Math.hypot(touch.clientX - pending.x, touch.clientY - pending.y) > SLACK_PX) forget()
    }
    const up = (event: TouchEvent) => {
      forget()
      if (!hand) return
      // A click would open the card that was just put down.
      event.preventDefault()
      unfollow()
      hand.let(event.type === 'touchend')
      hand = null
    }
    const noMenu = (event: Event) => (hand || pending) && event.preventDefault()

    root.addEventListener('touchstart', down, { passive: true })
    root.addEventListener('touchmove', move, { passive: false })
    root.addEventListener('touchend', up, { passive: false })
    root.addEventListener('touchcancel', up, { passive: false })
    root.addEventListener('contextmenu', noMenu)
    return () => {
      forget()
      unfollow()
      hand?.let(false)
      root.removeEventListener('touchstart', down)
      root.removeEventListener('touchmove', move)
      root.removeEventListener('touchend', up)
      root.removeEventListener('touchcancel', up)
      root.removeEventListener('contextmenu', noMenu)
    }
  }

type Hand = ReturnType<typeof takeUp>

function takeUp(board: LiveBoard, root: HTMLElement, row: HTMLElement, startX: number, startY: number) {
  const box = row.getBoundingClientRect()
  const picture = document.createElement('div')
  picture.inert = true
  drawInHand(row, picture, box.width)
  Object.assign(picture.style, {
    position: 'fixed',
    padding: '0',
    left: `${box.left}px`,
    top: `${box.top}px`,
    zIndex: '60',
    pointerEvents: 'none',
    willChange: 'transform',
  })
  document.body.append(picture)
  const scrolling = scrollAtEdges(root)
  return {
    move(x: number, y: number) {
      picture.style.transform = `translate(${x - startX}px, ${y - startY}px)`
      scrolling.at(x, y)
      const column = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-column]')
      if (column) holdAt(board, column, y)
    },
    let(isDropped: boolean) {
      scrolling.stop()
      picture.remove()
      if (isDropped) board.drop()
      else board.lift = null
    },
  }
}
