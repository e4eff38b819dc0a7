import type { Attachment } from 'svelte/attachments'
import { placeBeside, type Placement } from './place.ts'

const DELAY_MS = 450

/** A visual repetition of a control's accessible name, so it is hidden from screen readers. */
export function tooltip(text: string, keys?: string, placement: Placement = 'bottom'): Attachment<HTMLElement> {
  return (anchor) => {
    let bubble: HTMLElement | undefined
    let timer: ReturnType<typeof setTimeout> | undefined

    const show = () => {
      if (bubble || anchor.matches('[aria-expanded="true"]')) return
      bubble = createBubble(text, keys)
      document.body.append(bubble)
      bubble.showPopover()
      placeBeside(anchor, bubble, placement)
    }
    const hide = () => {
      clearTimeout(timer)
      bubble?.remove()
      bubble = undefined
    }
    const showSoon = (event: PointerEvent) => {
      if (event.pointerType === 'touch') return
      clearTimeout(timer)
      timer = setTimeout(show, DELAY_MS)
    }
    // A popover that closes gives the focus back while it does so, and no other may open until it has.
    const showForKeyboard = () => requestAnimationFrame(() => anchor.matches(':focus-visible') && show())
    const hideOnEscape = (event: KeyboardEvent) => event.key === 'Escape' && hide()

    const ways = [
      ['pointerenter', showSoon],
      ['pointerleave', hide],
      ['pointerdown', hide],
      ['focus', showForKeyboard],
      ['blur', hide],
      ['keydown', hideOnEscape],
    ] as const
    for (const [name, listen] of ways) anchor.addEventListener(name, listen as EventListener)
    return () => {
      hide()
      for (const [name, listen] of ways) anchor.removeEventListener(name, listen as EventListener)
    }
  }
}

function createBubble(text: string, keys?: string): HTMLElement {
  const bubble = document.createElement('div')
  bubble.className = 'tooltip'
  bubble.popover = 'manual'
  bubble.ariaHidden = 'true'
  bubble.append(text)
  if (keys) {
    const kbd = document.createElement('kbd')
    kbd.textContent = keys
    bubble.append(kbd)
  }
  return bubble
}
