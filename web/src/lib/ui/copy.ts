import type { Toasts } from './toasts.svelte.ts'

/** False where the page may not write to the clipboard: over plain http, say. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

export async function copyAndSay(said: Toasts, text: string, words: { copied: string; notCopied: string }) {
  const isCopied = await copyText(text)
  said.show(isCopied ? words.copied : words.notCopied, { tone: isCopied ? 'good' : 'bad' })
}

function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.style.cssText = 'position:fixed;opacity:0'
  const focused = document.activeElement as HTMLElement | null
  const host = document.querySelector('dialog[open]') ?? document.body
  host.append(field)
  field.select()
  const isCopied = document.execCommand('copy')
  field.remove()
  focused?.focus()
  return isCopied
}
