import { createAttachmentKey, type Attachment } from 'svelte/attachments'

/** On a touch screen the keyboard would cover the page before it is read. */
const focusWithKeyboard: Attachment<HTMLElement> = (element) => {
  if (matchMedia('(pointer: fine)').matches && document.activeElement === document.body) element.focus()
}

export const focusFirst = { [createAttachmentKey()]: focusWithKeyboard }
