import type { Selected } from './formatting.ts'

export const selected = (field: HTMLTextAreaElement): Selected => ({
  text: field.value,
  start: field.selectionStart,
  end: field.selectionEnd,
})

/** Changes a field so that Ctrl+Z takes it back: only the part that differs is replaced, as if it had been typed. */
export function retype(field: HTMLTextAreaElement, { text, start, end }: Selected): void {
  const before = field.value
  if (text !== before) {
    let head = 0
    while (head < before.length && head < text.length && before[head] === text[head]) head++
    let tail = 0
    const most = Math.min(before.length, text.length) - head
    while (tail < most && before.at(-1 - tail) === text.at(-1 - tail)) tail++
    field.focus()
    field.setSelectionRange(head, before.length - tail)
    const inserted = text.slice(head, text.length - tail)
    // Deprecated, and the only way that keeps the field's own undo.
    const isDone = inserted ? document.execCommand('insertText', false, inserted) : document.execCommand('delete')
    if (!isDone) {
      field.setRangeText(inserted)
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    }
  }
  field.setSelectionRange(start, end)
}
