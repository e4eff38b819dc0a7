const MARGIN_PX = 24

/** A picture of the card as it looks in the hand: tilted, lifted. */
export function drawInHand(row: HTMLElement, container: HTMLElement, width = row.offsetWidth) {
  const card = row.querySelector('article')
  if (!card) return
  const picture = card.cloneNode(true) as HTMLElement
  for (const named of picture.querySelectorAll('[id]')) named.removeAttribute('id')
  Object.assign(picture.style, {
    width: `${width}px`,
    rotate: '2deg',
    background: 'var(--raised)',
    boxShadow: 'var(--float)',
    pointerEvents: 'none',
  })
  container.style.padding = `${MARGIN_PX}px`
  container.append(picture)
}
