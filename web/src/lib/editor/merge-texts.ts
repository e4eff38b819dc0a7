/** Lines of a text, each with whether the other has it too. */
export interface Line {
  text: string
  isNew: boolean
}

export function linesAgainst(base: string, text: string): Line[] {
  const lines = text.split('\n')
  const known = new Set(matches(base.split('\n'), lines).map(([, at]) => at))
  return lines.map((line, at) => ({ text: line, isNew: !known.has(at) }))
}

export interface Merged {
  text: string
  /** Nothing was changed by both in the same place. */
  isClean: boolean
}

/** Both people's changes to one text, line by line; where both changed the same, mine stand above theirs. */
export function mergeTexts(base: string, mine: string, theirs: string): Merged {
  const [b, m, t] = [base.split('\n'), mine.split('\n'), theirs.split('\n')]
  const inMine = new Map(matches(b, m))
  const inTheirs = new Map(matches(b, t))
  const merged: string[] = []
  let isClean = true
  let [i, j, k] = [0, 0, 0]
  for (let at = 0; at <= b.length; at++) {
    const isEnd = at === b.length
    const toMine = isEnd ? m.length : inMine.get(at)
    const toTheirs = isEnd ? t.length : inTheirs.get(at)
    if (toMine === undefined || toTheirs === undefined) continue
    const chunk = mergeChunk(b.slice(i, at), m.slice(j, toMine), t.slice(k, toTheirs))
    merged.push(...chunk.lines)
    isClean &&= chunk.isClean
    if (!isEnd) merged.push(b[at]!)
    ;[i, j, k] = [at + 1, toMine + 1, toTheirs + 1]
  }
  return { text: merged.join('\n'), isClean }
}

function mergeChunk(base: string[], mine: string[], theirs: string[]): { lines: string[]; isClean: boolean } {
  const [b, m, t] = [base, mine, theirs].map((lines) => lines.join('\n') + lines.length)
  if (m === b || m === t) return { lines: theirs, isClean: true }
  if (t === b) return { lines: mine, isClean: true }
  return { lines: [...mine, ...theirs], isClean: false }
}

const MOST_CELLS = 4_000_000

/** Pairs of places with the same line in both, as many as there can be in one order. */
function matches(a: string[], b: string[]): [number, number][] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const head = Array.from({ length: start }, (_, at): [number, number] => [at, at])
  const tail = Array.from({ length: end }, (_, at): [number, number] => [a.length - end + at, b.length - end + at])
  const middle = longest(a.slice(start, a.length - end), b.slice(start, b.length - end))
  return [...head, ...middle.map(([x, y]): [number, number] => [x + start, y + start]), ...tail]
}

function longest(a: string[], b: string[]): [number, number][] {
  if (a.length * b.length > MOST_CELLS) return []
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++
    else j++
  }
  return pairs
}
