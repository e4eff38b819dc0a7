import type { BoardSnapshot, BoardState, Column } from '@taskflow/shared/dto/board.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import type { Workspace } from '@taskflow/shared/dto/workspace.ts'
import { applyEvent } from '@taskflow/shared/board/apply-event.ts'
import { type AnyEnvelope, events } from '@taskflow/shared/events/all.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import { assert } from '@taskflow/tools/suite.ts'
import pg from 'pg'
import type { TestApp } from './app.ts'
import type { Person } from './person.ts'

export type Team = Awaited<ReturnType<typeof foundTeam>>

/**
 * A workspace of four with its first board, and somebody from another workspace. The guest sees no board yet.
 * `columns` are To do, Doing and Done.
 */
export async function foundTeam(app: TestApp) {
  const people = {
    owner: await app.signUp('Olga'),
    admin: await app.signUp('Adam'),
    member: await app.signUp('Mona'),
    guest: await app.signUp('Gus'),
    stranger: await app.signUp('Stan'),
  }
  const workspace = await send<Workspace>(people.owner, 'POST', '/api/workspaces', { name: 'Acme' })
  await send(people.stranger, 'POST', '/api/workspaces', { name: 'Elsewhere' })
  for (const role of ['admin', 'member', 'guest'] as const) await addMember(app, workspace.id, people[role], role)
  const [board] = await sqlAsOwner<{ id: string }>(app, 'select id from board where workspace_id = $1', [workspace.id])
  const { columns } = await snapshotOf(people.owner, board!.id)
  return { ...people, workspaceId: workspace.id, boardId: board!.id, columns: columns as [Column, Column, Column] }
}

/** Puts somebody into a workspace as if they had been there before the test began: no fact tells of it. */
export const addMember = (app: TestApp, workspaceId: string, person: Person, role: string) =>
  sqlAsOwner(app, 'insert into workspace_member (workspace_id, user_id, role) values ($1, $2, $3)', [
    workspaceId,
    person.userId,
    role,
  ])

/** As the owner of the tables, who sees every tenant. */
export async function sqlAsOwner<Row extends pg.QueryResultRow>(app: TestApp, text: string, values: unknown[] = []) {
  const client = new pg.Client(app.database.url)
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

/** Acts and expects it to succeed; answers the body. */
export async function send<T>(person: Person, method: string, path: string, body?: unknown): Promise<T> {
  const response = await person.fetch(path, { method, body })
  const text = await response.text()
  if (!response.ok) throw new Error(`${person.name}: ${method} ${path} → ${response.status} ${text}`)
  return (text ? JSON.parse(text) : undefined) as T
}

/** Acts and expects to be refused with this status, and with this code if it is named. */
export async function expectRefused(
  [person, method, path, body]: [person: Person, method: string, path: string, body?: unknown],
  status: number,
  code?: string,
): Promise<void> {
  const response = await person.fetch(path, { method, body })
  const text = await response.text()
  assert.equal(response.status, status, `${person.name}: ${method} ${path} → ${response.status} ${text}`)
  if (code) assert.equal((JSON.parse(text) as { code: string }).code, code)
}

export const addTask = (person: Person, boardId: string, input: { title: string } & Record<string, unknown>) =>
  send<Task>(person, 'POST', `/api/boards/${boardId}/tasks`, input)

export const snapshotOf = (person: Person, boardId: string) =>
  send<BoardSnapshot>(person, 'GET', `/api/boards/${boardId}`)

export interface Position {
  epoch: string
  seq: number
}

export async function factsAfter(person: Person, stream: string, { epoch, seq }: Position): Promise<AnyEnvelope[]> {
  const path = `/api/streams/${stream}/events?epoch=${epoch}&after=${seq}&limit=1000`
  return (await send<{ events: AnyEnvelope[] }>(person, 'GET', path)).events
}

/** Where a stream stands, for `factsAfter`. */
export const positionOf = (person: Person, stream: string) =>
  send<Position & { id: string; ticket: string }>(person, 'GET', `/api/streams/${stream}/ticket`)

/** The snapshot before, with the facts of the act applied, is the snapshot after. Answers the facts. */
export async function expectSnapshotFollows(
  person: Person,
  boardId: string,
  act: () => Promise<unknown>,
): Promise<AnyEnvelope[]> {
  const { stream, ...before } = await snapshotOf(person, boardId)
  await act()
  const facts = await factsAfter(person, boardStream(boardId), stream)
  for (const fact of facts) events[fact.type].parse(fact.data)
  const followed = facts.reduce<BoardState>(applyEvent, before)
  const { stream: now, ...after } = await snapshotOf(person, boardId)
  assert.equal(now.seq, stream.seq + facts.length)
  assert.deepEqual(inOrder(followed), inOrder(after))
  return facts
}

const inOrder = ({ board, ...lists }: BoardState) => ({
  board,
  ...Object.fromEntries(Object.entries(lists).map(([name, rows]) => [name, rows.toSorted(byId)])),
})

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
