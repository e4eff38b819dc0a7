/** Said by screen readers, seen by nobody. Under an open dialog nothing is heard, so each has an `Announcer` of its own. */
export function announce(text: string): void {
  const top = [...document.querySelectorAll('dialog:modal')].at(-1)
  const region = (top ?? document).querySelector('[data-announcer]')
  if (!region) return
  // The same words twice are news only if the region was empty in between.
  region.textContent = ''
  setTimeout(() => (region.textContent = text), 20)
}
