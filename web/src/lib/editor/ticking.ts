import { boxesOf } from './markdown.ts'

const BOX = /^((?:\s|>)*(?:[-*+]|\d{1,9}[.)])\s+\[)[ xX](?=\]\s)/

/** The text with one of its boxes ticked or cleared; null if it has no such box. */
export function tick(text: string, index: number, isTicked: boolean): string | null {
  const before = boxesOf(text)
  const box = before[index]
  if (!box) return null
  if (box.isTicked === isTicked) return text
  const lines = text.split('\n')
  // What looks like a box may stand in a block of code: the right line is the one after which only this box differs.
  for (const [at, line] of lines.entries()) {
    if (!BOX.test(line)) continue
    const changed = lines.with(at, line.replace(BOX, `$1${isTicked ? 'x' : ' '}`)).join('\n')
    const after = boxesOf(changed)
    if (
      after.length === before.length &&
      after.every((one, i) => one.isTicked === (i === index ? isTicked : before[i]!.isTicked))
    ) {
      return changed
    }
  }
  return null
}

/** The same box in a text that somebody else has changed in the meantime. */
export function findBox(text: string, wanted: string, near: number): number {
  const boxes = boxesOf(text)
  const same = boxes.flatMap((box, index) => (box.text === wanted ? index : []))
  return same.sort((a, b) => Math.abs(a - near) - Math.abs(b - near))[0] ?? -1
}
