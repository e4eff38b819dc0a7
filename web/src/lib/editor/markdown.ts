import { Marked, type MarkedToken, type Token, type Tokens } from 'marked'

export interface Mention {
  type: 'mention'
  raw: string
  id: string
  name: string
}
export type Piece = MarkedToken | Mention

const LINKED = /^@\[([^\]\n]{1,200})\]\(user:([0-9a-f-]{36})\)/i

const marked = new Marked({
  gfm: true,
  breaks: true,
  extensions: [
    {
      name: 'mention',
      level: 'inline',
      start: (text) => text.indexOf('@['),
      tokenizer(text) {
        const [raw, name = '', id = ''] = LINKED.exec(text) ?? []
        return raw ? { type: 'mention', raw, name, id: id.toLowerCase() } : undefined
      },
    },
  ],
})

export interface Parsed {
  blocks: Piece[]
  /** Which box of the text an item is, counted from the top. */
  ticks: Map<Piece, number>
  /** Levels of the headings, without gaps. */
  levels: Map<Piece, number>
}

const FIRST_LEVEL = 3

/** Markdown as pieces that components draw one by one: nothing of it ever becomes HTML by itself. */
export function parse(text: string): Parsed {
  const blocks = lex(text)
  const ticks = new Map<Piece, number>()
  const levels = new Map<Piece, number>()
  let last = FIRST_LEVEL
  for (const block of blocks) {
    if (block.type !== 'heading') continue
    last = Math.min(FIRST_LEVEL + block.depth, last + 1, 6)
    levels.set(block, last)
  }
  for (const item of itemsIn(blocks)) ticks.set(item, ticks.size)
  return { blocks, ticks, levels }
}

export const boxesOf = (text: string): { text: string; isTicked: boolean }[] =>
  [...itemsIn(lex(text))].map((item) => ({ text: item.text, isTicked: item.checked === true }))

/** All pieces of a link or a bold text are pieces of ours: the extension above is the only other. */
export const piecesOf = (tokens: Token[] | undefined): Piece[] => (tokens ?? []) as Piece[]

function lex(text: string): Piece[] {
  try {
    return piecesOf(marked.lexer(text))
  } catch {
    // Nested deeper than anybody writes: shown as it is.
    return [{ type: 'paragraph', raw: text, text, tokens: [{ type: 'text', raw: text, text }] }]
  }
}

function* itemsIn(pieces: Piece[]): Generator<Tokens.ListItem> {
  for (const piece of pieces) {
    if (piece.type === 'list_item' && piece.task) yield piece
    if (piece.type === 'list') yield* itemsIn(piece.items)
    else if ('tokens' in piece) yield* itemsIn(piecesOf(piece.tokens))
  }
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

/** Character references as the signs that they stand for. */
export const decode = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, (all, decimal, hex, name) => {
    if (name) return NAMED[name] ?? all
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all
  })

const OUTSIDE = /^(https?|mailto|tel):/i

/** Where a link may lead; null for what could run something. */
export function safeHref(href: string): { href: string; isOutside: boolean } | null {
  const url = decode(href).trim()
  if (/^[/#](?![/\\])/.test(url)) return { href: url, isOutside: false }
  return OUTSIDE.test(url) ? { href: url, isOutside: true } : null
}

const UPLOADED = /^\/api\/attachments\/[0-9a-f-]{36}$/i

/** Only images that were uploaded here are loaded: any other would tell its server who reads this, and when. */
export const isUploaded = (href: string): boolean => UPLOADED.test(href)

export interface Called {
  text: string
  isCalled: boolean
}

const AT = /(?<![\p{L}\p{N}_.])@(?=[\p{L}\p{N}])/gu
const WORD = /^[\p{L}\p{N}_]/u

/** Takes a text apart where it calls somebody by `@Name`. */
export function splitCalls(text: string, names: readonly string[]): Called[] {
  const parts: Called[] = []
  let from = 0
  for (const { index } of text.matchAll(AT)) {
    const rest = text.slice(index + 1).toLowerCase()
    const name = names.find((one) => rest.startsWith(one.toLowerCase()) && !WORD.test(rest.slice(one.length)))
    if (!name || index < from) continue
    if (index > from) parts.push({ text: text.slice(from, index), isCalled: false })
    from = index + 1 + name.length
    parts.push({ text: text.slice(index, from), isCalled: true })
  }
  if (from < text.length) parts.push({ text: text.slice(from), isCalled: false })
  return parts
}

/** As people are called: by their whole name, or by the first if nobody else has it; the longest first. */
export function callNames(people: Iterable<{ name: string }>): string[] {
  const whole = [...people].map(({ name }) => name.trim()).filter(Boolean)
  const first = whole.map((name) => name.split(/\s/)[0]!)
  const unique = first.filter((name) => first.filter((other) => other === name).length === 1)
  return [...new Set([...whole, ...unique])].sort((a, b) => b.length - a.length)
}
