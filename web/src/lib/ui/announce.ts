const REGION = 'announcer'

/** Said by screen readers, seen by nobody. The frame holds the region: `<div id="announcer" aria-live="assertive">`. */
export function announce(text: string): void {
  const region = document.getElementById(REGION)
  if (!region) return
  // The same words twice are news only if the region was empty in between.
  region.textContent = ''
  setTimeout(() => (region.textContent = text), 20)
}
