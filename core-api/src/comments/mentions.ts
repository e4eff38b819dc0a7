import { listViewers } from '../boards/boards.queries.ts'
import type { Ctx } from '../context.ts'

const LINKS = /@\[[^\]\n]{0,200}\]\(user:([0-9a-f-]{36})\)/gi
const CODE = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g
const AT = /(?<![\p{L}\p{N}_.])@(?=\p{L}|\p{N})/gu
const WORD = /^[\p{L}\p{N}_]/u
const VIEWERS_LIMIT = 2_000
const AT_LIMIT = 100

interface Named {
  id: string
  name: string
}

/** Whom a text calls by a link, by `@Name` or expressly; only those who can see the board count, and code calls nobody. */
export async function listMentioned(ctx: Ctx, boardId: string, body: string, named: string[] = []): Promise<string[]> {
  if (named.length === 0 && !callsAnybody(body)) return []
  return mentionedAmong(await viewersOf(ctx, boardId), body, named)
}

/** Whom a text calls that it did not call before. */
export async function listNewlyMentioned(ctx: Ctx, boardId: string, body: string, before: string): Promise<string[]> {
  if (!callsAnybody(body)) return []
  const viewers = await viewersOf(ctx, boardId)
  const known = new Set(mentionedAmong(viewers, before))
  return mentionedAmong(viewers, body).filter((id) => !known.has(id))
}

const callsAnybody = (body: string) => body.replace(CODE, ' ').includes('@')

const viewersOf = async (ctx: Ctx, boardId: string): Promise<Named[]> =>
  (await listViewers(ctx, boardId, { limit: VIEWERS_LIMIT })).items

function mentionedAmong(viewers: Named[], body: string, named: string[] = []): string[] {
  const text = body.replace(CODE, ' ')
  const linked = [...text.matchAll(LINKS)].map((match) => match[1]!.toLowerCase())
  const called = new Set([...named, ...linked, ...idsOfNames(text.replace(LINKS, ' '), viewers)])
  return viewers.map(({ id }) => id).filter((id) => called.has(id))
}

/** `@Ada Lovelace`, or `@Ada` if only one of them is called Ada. The longest name wins. */
export function idsOfNames(text: string, people: Named[]): string[] {
  const names = namesOf(people)
  return [...text.matchAll(AT)].slice(0, AT_LIMIT).flatMap(({ index }) => {
    const rest = text.slice(index + 1, index + 201)
    const lower = rest.toLowerCase()
    const found = names.find(([name]) => lower.startsWith(name) && !WORD.test(rest.slice(name.length)))
    return found ? [found[1]] : []
  })
}

function namesOf(people: Named[]): [name: string, id: string][] {
  const whole = people.map(({ id, name }): [string, string] => [name.trim().toLowerCase(), id])
  const first = whole.map(([name, id]): [string, string] => [name.split(/\s/)[0]!, id])
  const unique = ([name]: [string, string], _: number, all: [string, string][]) =>
    name !== '' && all.filter(([other]) => other === name).length === 1
  return [...whole.filter(unique), ...first.filter(unique)].sort(([a], [b]) => b.length - a.length)
}
