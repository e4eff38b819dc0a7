let typed = ''
let typedAt = 0

/** Arrows, Home, End and the first letters of a name move the focus over a menu's items. */
export function walkItems(event: KeyboardEvent, items: HTMLElement[]): void {
  const at = items.indexOf(document.activeElement as HTMLElement)
  const target = {
    ArrowDown: items[(at + 1) % items.length],
    ArrowUp: items[(at - 1 + items.length) % items.length],
    Home: items[0],
    End: items.at(-1),
  }[event.key]
  if (target) {
    event.preventDefault()
    target.focus()
  } else if (/^\S$/u.test(event.key) && !event.ctrlKey && !event.metaKey) findByName(event.key, items, at)
}

export const itemsOf = (menu: HTMLElement): HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]:not([aria-disabled="true"])'),
]

function findByName(key: string, items: HTMLElement[], at: number) {
  const now = performance.now()
  typed = now - typedAt > 600 ? key : typed + key
  typedAt = now
  const rotated = [...items.slice(at + (typed.length === 1 ? 1 : 0)), ...items.slice(0, Math.max(at, 0))]
  rotated.find((item) => item.textContent.trim().toLowerCase().startsWith(typed.toLowerCase()))?.focus()
}
