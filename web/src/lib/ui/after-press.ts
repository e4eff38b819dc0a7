/** Once no pointer presses: what makes the page shorter under it would take the click away from what it pressed. */
export function afterPress(run: () => void): void {
  if (!document.querySelector(':active')) return run()
  addEventListener('pointerup', () => setTimeout(run), { once: true, capture: true })
}
