import { randomBytes } from 'node:crypto'
import type { BoardSnapshot, Column, StreamPosition } from '@taskflow/shared/dto/board.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import type { Me } from '@taskflow/shared/dto/workspace.ts'
import type { Envelope } from '@taskflow/shared/events/envelope.ts'

export interface Answer {
  status: number
  headers: Headers
  text: string
  body: any
}

export type Person = Awaited<ReturnType<typeof signUp>>

/** Somebody with nothing but the address, the documentation and `fetch`. */
export async function signUp(url: string, name: string) {
  const email = `${name}.${randomBytes(6).toString('hex')}@example.org`.toLowerCase()
  const body = JSON.stringify({ name, email, password: 'a long enough sentence' })
  const headers = { 'content-type': 'application/json', origin: url }
  const answer = await fetch(`${url}/api/auth/sign-up/email`, { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(await answer.text())
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const { token } = (await (await fetch(`${url}/api/auth/token`, { headers: { cookie } })).json()) as { token: string }

  async function call(method: string, path: string, body?: unknown, more: Record<string, string> = {}) {
    const typed: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
    const headers = { authorization: `Bearer ${token}`, ...typed, ...more }
    const answer = await fetch(url + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const isJson = /json/.test(answer.headers.get('content-type') ?? '')
    return { status: answer.status, headers: answer.headers, text, body: isJson && text ? JSON.parse(text) : null }
  }

  /** Acts and expects to succeed. */
  async function act<T = any>(method: string, path: string, body?: unknown): Promise<T> {
    const answer: Answer = await call(method, path, body)
    if (answer.status >= 300) throw new Error(`${name}: ${method} ${path} → ${answer.status} ${answer.text}`)
    return answer.body as T
  }

  const me = await act<Me>('GET', '/api/me')
  return { url, me, id: me.user.id, name, email, cookie, token, call, act }
}

export interface Team {
  workspaceId: string
  boardId: string
  columns: [Column, Column, Column]
}

/** A workspace of the first, with the others as members, and a board of three columns. */
export async function foundTeam(founder: Person, others: Person[] = [], role = 'member'): Promise<Team> {
  const { id: workspaceId } = await founder.act('POST', '/api/workspaces', { name: 'Acme' })
  for (const other of others) await bringIn(founder, workspaceId, other, role)
  return { workspaceId, ...(await makeBoard(founder, workspaceId)) }
}

export async function bringIn(founder: Person, workspaceId: string, other: Person, role = 'member'): Promise<void> {
  const wish = { email: other.email, role }
  const { token } = await founder.act('POST', `/api/workspaces/${workspaceId}/invitations`, wish)
  await other.act('POST', `/api/invitations/${token}/accept`)
}

export async function makeBoard(person: Person, workspaceId: string) {
  const { id } = await person.act('POST', `/api/workspaces/${workspaceId}/boards`, { name: 'Web' })
  const { columns } = await snapshotOf(person, id)
  return { boardId: id as string, columns: columns as [Column, Column, Column] }
}

export const snapshotOf = (person: Person, boardId: string) =>
  person.act<BoardSnapshot>('GET', `/api/boards/${boardId}`)

export const addTask = (person: Person, { boardId, columns }: Pick<Team, 'boardId' | 'columns'>, title: string) =>
  person.act<Task>('POST', `/api/boards/${boardId}/tasks`, { title, columnId: columns[0].id })

export const ticketOf = (person: Person, stream: string) =>
  person.act<StreamPosition>('GET', `/api/streams/${stream}/ticket`)

export interface Page {
  epoch: string
  head: number
  events: Envelope<string, any>[]
}

export const factsAfter = (person: Person, { id, epoch, seq }: Omit<StreamPosition, 'ticket'>, more = '') =>
  person.act<Page>('GET', `/api/streams/${id}/events?epoch=${epoch}&after=${seq}${more}`)

/** `Stream-Position: b:<id>=<seq>[, u:<id>=<seq>]` */
export function positionsOf({ headers }: Pick<Answer, 'headers'>): Record<string, number> {
  const pairs = (headers.get('stream-position') ?? '').split(', ').filter(Boolean)
  return Object.fromEntries(pairs.map((pair) => pair.split('=')).map(([id, seq]) => [id, Number(seq)]))
}

/** UUIDv7 as RFC 9562 writes it. */
export function uuid(now = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
