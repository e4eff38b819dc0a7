/** What comes later than what it floats in takes the focus when it is there. */
export function focusFirst(content: HTMLElement): void {
  content.querySelector<HTMLElement>('[data-first]')?.focus()
}
