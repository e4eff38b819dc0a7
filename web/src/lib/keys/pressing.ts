/** How far keys reach: only on the page, over what is open on it, or into what is being typed. */
export type Reach = 'page' | 'dialog' | 'typing'

const FIELDS = 'input, textarea, select, [contenteditable=""], [contenteditable=true]'
const NO_TEXT = /^(checkbox|radio|button|submit|range|color)$/
const OPEN = 'dialog[open], [role=dialog]:popover-open, [role=menu]:popover-open'

export function reachOf({ target }: KeyboardEvent): Reach {
  if (target instanceof Element && isTyping(target)) return 'typing'
  return document.querySelector(OPEN) ? 'dialog' : 'page'
}

/** `c`, `?`, `mod+k`, `shift+F10`: Shift is named only where it does not make another sign. */
export function nameOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const mod = ctrlKey || metaKey ? 'mod+' : ''
  const shift = shiftKey && (mod || key.length > 1) ? 'shift+' : ''
  return mod + shift + (key === ' ' ? 'Space' : key.length === 1 ? key.toLowerCase() : key)
}

/** A letter, a digit or a sign with nothing held but Shift. */
export const isCharacter = (name: string): boolean => [...name].length === 1

function isTyping(target: Element): boolean {
  const field = target.closest(FIELDS)
  return field !== null && !(field instanceof HTMLInputElement && NO_TEXT.test(field.type))
}
