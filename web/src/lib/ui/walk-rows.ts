/** Moves the focus to the next or the previous row of a list, the first or last when none has it. */
export function walkRows(step: 1 | -1, within: ParentNode = document): HTMLElement | undefined {
  const rows = [...within.querySelectorAll<HTMLElement>('[data-row]')].filter((row) => row.offsetParent !== null)
  const at = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement))
  const next = at < 0 ? (step > 0 ? rows[0] : rows.at(-1)) : rows[at + step]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
  return next
}

/** What the focus is in, by the id of its row. */
export const rowInFocus = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row ??
  document.activeElement?.parentElement?.querySelector<HTMLElement>('[data-row]')?.dataset.row
