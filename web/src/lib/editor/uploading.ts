import { retype } from './typing.ts'

export interface Uploaded {
  href: string
  name: string
  isImage: boolean
}

const plain = (name: string) => name.replace(/[[\]\\]/g, ' ')

/** Puts the names of files into a text at once, and their addresses when they have been stored. */
export function insertUploads(
  field: HTMLTextAreaElement,
  files: File[],
  upload: (file: File) => Promise<Uploaded | null>,
  waiting: (name: string) => string,
): void {
  for (const file of files) {
    const mark = `[${plain(waiting(file.name || 'image.png'))}]()`
    const { value, selectionStart, selectionEnd } = field
    const at = selectionStart + mark.length + 1
    retype(field, {
      text: `${value.slice(0, selectionStart)}${mark}\n${value.slice(selectionEnd)}`,
      start: at,
      end: at,
    })
    void upload(file).then((stored) => replace(field, mark, stored))
  }
}

function replace(field: HTMLTextAreaElement, mark: string, stored: Uploaded | null) {
  const text = stored ? `${stored.isImage ? '!' : ''}[${plain(stored.name)}](${stored.href})` : ''
  const { value, selectionStart } = field
  const at = value.indexOf(mark)
  if (at < 0 || !field.isConnected) return
  const shift = selectionStart > at ? text.length - mark.length : 0
  const cursor = Math.max(0, selectionStart + shift)
  const isElsewhere = document.activeElement !== field
  const focused = document.activeElement as HTMLElement | null
  retype(field, { text: value.slice(0, at) + text + value.slice(at + mark.length), start: cursor, end: cursor })
  if (isElsewhere) focused?.focus()
}
