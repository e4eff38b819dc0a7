import type { BoardSnapshot, BoardState, Column } from '@taskflow/shared/dto/board.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import { createPerson, type Person } from '../../../core-api/src/testing/person.ts'

/** Calls the API as somebody; what is refused throws. */
export async function call<T>(person: Person, path: string, method = 'GET', body?: unknown): Promise<T> {
  const answer = await person.fetch(path, { method, body })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

export interface Team {
  workspaceId: string
  people: Person[]
}

/** A workspace of the first, with the others as members. */
export async function foundTeam(url: string, names: string[], role = 'member'): Promise<Team> {
  const [founder, ...others] = await Promise.all(names.map((name) => createPerson(url, name)))
  const { id } = await call<{ id: string }>(founder!, '/api/workspaces', 'POST', { name: 'Acme' })
  for (const other of others) {
    const invitation = { email: other.email, role }
    const { token } = await call<{ token: string }>(founder!, `/api/workspaces/${id}/invitations`, 'POST', invitation)
    await call(other, `/api/invitations/${token}/accept`, 'POST', {})
  }
  return { workspaceId: id, people: [founder!, ...others] }
}

export interface TestBoard {
  id: string
  columns: Column[]
  /** The ids of its tasks by title. */
  tasks: Record<string, string>
}

/** A board with columns To do, Doing and Done, and the titles given for the first of them. */
export async function makeBoard(person: Person, workspaceId: string, titles: string[] = []): Promise<TestBoard> {
  const { id } = await call<{ id: string }>(person, `/api/workspaces/${workspaceId}/boards`, 'POST', {
    name: 'Spring release',
    columns: [{ name: 'To do' }, { name: 'Doing' }, { name: 'Done', done: true }],
  })
  const { columns } = await snapshotOf(person, id)
  const tasks: Record<string, string> = {}
  for (const title of titles) {
    const task = await call<Task>(person, `/api/boards/${id}/tasks`, 'POST', { title, columnId: columns[0]!.id })
    tasks[title] = task.id
  }
  return { id, columns, tasks }
}

export const snapshotOf = (person: Person, boardId: string) => call<BoardSnapshot>(person, `/api/boards/${boardId}`)

/** Titles by column, in order, as the server has them. */
export function orderOf({ columns, tasks }: BoardState): Record<string, string[]> {
  const byPosition = (a: { position: string }, b: { position: string }) => (a.position < b.position ? -1 : 1)
  return Object.fromEntries(
    columns.toSorted(byPosition).map(({ id, name }) => [
      name,
      tasks
        .filter((task) => task.columnId === id)
        .sort(byPosition)
        .map(({ title }) => title),
    ]),
  )
}
