export interface Selected {
  text: string
  start: number
  end: number
}

/** Puts signs around what is selected, or takes them away. */
export function wrap({ text, start, end }: Selected, sign: string): Selected {
  const [before, inner, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)]
  if (before.endsWith(sign) && after.startsWith(sign)) {
    const { length } = sign
    return { text: before.slice(0, -length) + inner + after.slice(length), start: start - length, end: end - length }
  }
  return { text: before + sign + inner + sign + after, start: start + sign.length, end: end + sign.length }
}

/** Puts a sign before each selected line, or takes it away if all have it. */
export function prefix({ text, start, end }: Selected, sign: string): Selected {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const to = text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end)
  const lines = text.slice(from, to).split('\n')
  const isOn = lines.every((line) => line.startsWith(sign))
  const changed = lines.map((line) => (isOn ? line.slice(sign.length) : sign + line.replace(MARK, '')))
  const inserted = changed.join('\n')
  const isOneLine = lines.length === 1
  const shift = changed[0]!.length - lines[0]!.length
  return {
    text: text.slice(0, from) + inserted + text.slice(to),
    start: isOneLine ? Math.max(from, start + shift) : from,
    end: isOneLine ? Math.max(from, end + shift) : from + inserted.length,
  }
}

const MARK = /^\s*(?:[-*+]\s(?:\[[ xX]\]\s)?|\d+[.)]\s|>\s|#{1,6}\s)/

/** A link around the selection; without one, the cursor lies where its text goes. */
export function link({ text, start, end }: Selected, url = ''): Selected {
  const inner = text.slice(start, end)
  const made = `[${inner}](${url})`
  const at = inner && !url ? start + inner.length + 3 : inner ? start + made.length : start + 1
  return { text: text.slice(0, start) + made + text.slice(end), start: at, end: at }
}

/** What Enter does in a list: the next item begins, and an empty one ends the list. Null: nothing special. */
export function nextLine({ text, start, end }: Selected): Selected | null {
  if (start !== end) return null
  const from = text.lastIndexOf('\n', start - 1) + 1
  const line = text.slice(from, start)
  const [, indent = '', bullet = '', box = ''] = /^(\s*)([-*+]|\d{1,9}[.)])\s(\[[ xX]\]\s)?/.exec(line) ?? []
  if (!bullet) return null
  const mark = `${indent}${bullet} ${box}`
  if (line === mark) return { text: text.slice(0, from) + text.slice(start), start: from, end: from }
  const next = `\n${indent}${/\d/.test(bullet) ? `${Number.parseInt(bullet, 10) + 1}${bullet.at(-1)}` : bullet} ${box && '[ ] '}`
  const at = start + next.length
  return { text: text.slice(0, start) + next + text.slice(start), start: at, end: at }
}

export const isAddress = (text: string): boolean => /^https?:\/\/\S+$/i.test(text.trim())

const CALL = /(?:^|[\s([{])@([\p{L}\p{N}_.’'-]*(?: [\p{L}\p{N}_.’'-]*)?)$/u

/** What somebody has typed of a name, right before the cursor. */
export function callBefore(text: string, at: number): { from: number; query: string } | null {
  const [, query] = CALL.exec(text.slice(Math.max(0, at - 60), at)) ?? []
  return query === undefined ? null : { from: at - query.length - 1, query }
}

/** People whose name, or a part of it, begins so; those whose whole name does come first. */
export function matchPeople<T extends { name: string }>(people: Iterable<T>, query: string): T[] {
  const wanted = query.toLocaleLowerCase()
  const starts = (text: string) => text.toLocaleLowerCase().startsWith(wanted)
  return [...people]
    .filter(({ name }) => starts(name) || name.split(/\s/).some(starts))
    .sort((a, b) => Number(starts(b.name)) - Number(starts(a.name)) || a.name.localeCompare(b.name))
}
