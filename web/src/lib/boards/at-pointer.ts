import type { Attachment } from 'svelte/attachments'
import type { LiveBoard } from './board.svelte.ts'

/**
 * A right click on a card opens its menu where the pointer is. The browser keeps its own for a finger, with Shift, and
 * where text is selected.
 */
export const menuAtPointer =
  (board: LiveBoard): Attachment<HTMLElement> =>
  (root) => {
    const ask = (event: PointerEvent) => {
      const card = (event.target as Element).closest<HTMLElement>('[data-card]')
      if (!card || event.defaultPrevented || event.shiftKey || event.pointerType === 'touch' || hasSelected(card))
        return
      event.preventDefault()
      const { card: id = '' } = card.dataset
      const at = new DOMRect(event.clientX, event.clientY)
      document.getElementById(`card-${id}`)?.focus({ preventScroll: true })
      const open = () => board.openMenu(id, 'all', { getBoundingClientRect: () => at })
      if (event.buttons === 0) return open()
      // Letting go of the button is a press outside, and would close what has opened before.
      addEventListener('pointerup', () => setTimeout(open), { once: true })
    }
    root.addEventListener('contextmenu', ask)
    return () => root.removeEventListener('contextmenu', ask)
  }

function hasSelected(card: HTMLElement): boolean {
  const selection = getSelection()
  return selection !== null && !selection.isCollapsed && selection.containsNode(card, true)
}
