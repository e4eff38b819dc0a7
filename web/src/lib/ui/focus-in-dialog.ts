import { createAttachmentKey, type Attachment } from 'svelte/attachments'

/** What a dialog is about gets the focus, also when it comes into an open one; a touch keyboard would cover it. */
const focus: Attachment<HTMLElement> = (element) => {
  if (!matchMedia('(pointer: fine)').matches) return
  element.autofocus = true
  if (element.closest('dialog')?.open) element.focus()
}

export const focusInDialog = { [createAttachmentKey()]: focus }
