const COPIED = [
  'boxSizing',
  'width',
  'font',
  'letterSpacing',
  'lineHeight',
  'padding',
  'border',
  'tabSize',
  'wordSpacing',
] as const

/** Where a place in a field's text is on the screen: nobody tells, so the text is laid out once more. */
export function caretBox(field: HTMLTextAreaElement, at: number): DOMRect {
  const mirror = document.createElement('div')
  const style = getComputedStyle(field)
  for (const name of COPIED) mirror.style[name] = style[name]
  Object.assign(mirror.style, {
    position: 'absolute',
    visibility: 'hidden',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    top: '0',
    left: '0',
  })
  mirror.textContent = field.value.slice(0, at)
  const mark = document.createElement('span')
  mark.textContent = '\u200b'
  mirror.append(mark)
  document.body.append(mirror)
  const { left, top } = field.getBoundingClientRect()
  const x = left + mark.offsetLeft
  const y = top + mark.offsetTop - field.scrollTop
  const box = new DOMRect(x, y, 1, mark.offsetHeight)
  mirror.remove()
  return box
}
