import { createPerson, type Person } from '../../core-api/src/testing/person.ts'
import type { BoardSnapshot } from '@taskflow/shared/dto/board.ts'

export interface BenchBoard {
  id: string
  columnIds: string[]
  taskIds: string[][]
}

export async function call<T>(person: Person, path: string, method = 'GET', body?: unknown): Promise<T> {
  const answer = await person.fetch(path, { method, body })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

export const signUp = (url: string, name: string) => createPerson(url, name)

export async function foundWorkspace(person: Person): Promise<{ id: string }> {
  return call(person, '/api/workspaces', 'POST', { name: 'Bench' })
}

/** A board with so many tasks in each of its three columns. */
export async function fillBoard(
  url: string,
  person: Person,
  workspaceId: string,
  perColumn: number,
): Promise<BenchBoard> {
  const board = await call<{ id: string }>(person, `/api/workspaces/${workspaceId}/boards`, 'POST', {
    name: `Board ${perColumn}`,
  })
  const { columns } = await call<BoardSnapshot>(person, `/api/boards/${board.id}`)
  const left = columns.flatMap((column) => Array.from({ length: perColumn }, () => column.id))
  let made = 0
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (let columnId = left.pop(); columnId; columnId = left.pop()) {
        await call(person, `/api/boards/${board.id}/tasks`, 'POST', {
          title: `Task ${made++} of an ordinary length`,
          columnId,
        })
      }
    }),
  )
  const { tasks } = await call<BoardSnapshot>(person, `/api/boards/${board.id}`)
  const taskIds = columns.map((column) => tasks.filter((task) => task.columnId === column.id).map((task) => task.id))
  return { id: board.id, columnIds: columns.map((column) => column.id), taskIds }
}
