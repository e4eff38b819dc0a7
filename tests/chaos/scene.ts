import { boardStream } from '@taskflow/shared/names.ts'
import { createPerson, type Person } from '../../core-api/src/testing/person.ts'
import { startStack } from '../stack/stack.ts'
import { createLedger } from './ledger.ts'
import { openLine } from './line.ts'
import { openReader } from './reader.ts'
import { startStores } from './stores.ts'
import { openWriter } from './writer.ts'

export type Scene = Awaited<ReturnType<typeof openScene>>

/** The whole stack, three people at work on two boards, each over a line of their own, and an outsider who reads. */
export async function openScene({ everyMs, slack }: { everyMs: number; slack: number }) {
  const stores = await startStores()
  // The first API node speaks to Redis over a line: so it can be made to commit and not publish.
  const publishing = await openLine({ port: Number(new URL(stores.redisUrl).port) })
  const redisUrl = (process: string) => (process === 'api1' ? `redis://127.0.0.1:${publishing.port}` : stores.redisUrl)
  const stack = await startStack({ databaseUrl: stores.databaseUrl, redisUrl }).catch(async (error: unknown) => {
    publishing.close()
    await stores.close()
    throw error
  })
  const ledger = createLedger()
  const [outsider, ...people] = await Promise.all(
    ['Olga', 'Ada', 'Bob', 'Cleo'].map((name) => createPerson(stack.url, name)),
  )
  const { workspaceId, boardIds, quietBoardId } = await foundTeam(outsider!, people)
  const lines = await Promise.all(people.map(() => openLine({ port: Number(new URL(stack.url).port) })))
  const writers = people.map((person, i) =>
    openWriter({ person, origin: stack.url, line: lines[i]!, boardIds, ledger, everyMs }),
  )
  const reader = openReader({ person: outsider!, url: stack.url, ledger })
  const streams = boardIds.map(boardStream)
  const allStreams = [...streams, boardStream(quietBoardId)]
  await reader.start([...allStreams, `w:${workspaceId}`])

  return {
    /** How many times as long as promised everything may take. */
    slack,
    stack,
    stores,
    publishing,
    ledger,
    outsider: outsider!,
    workspaceId,
    boardIds,
    /** Of the boards that people work on. */
    streams,
    /** Nobody works here: no later fact makes up for one that was not published. */
    quietBoardId,
    allStreams,
    lines,
    writers,
    reader,
    async close() {
      for (const writer of writers) writer.close()
      reader.close()
      for (const line of lines) line.close()
      await stack.close()
      publishing.close()
      await stores.close()
    },
  }
}

export async function call<T>(person: Person, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await person.fetch(path, { method, body })
  if (!answer.ok) throw new Error(`${method} ${path} → ${answer.status} ${await answer.text()}`)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

async function foundTeam(founder: Person, others: Person[]) {
  const { id: workspaceId } = await call<{ id: string }>(founder, 'POST', '/api/workspaces', { name: 'Acme' })
  for (const other of others) {
    const wish = { email: other.email, role: 'member' }
    const { token } = await call<{ token: string }>(founder, 'POST', `/api/workspaces/${workspaceId}/invitations`, wish)
    await call(other, 'POST', `/api/invitations/${token}/accept`)
  }
  const makeBoard = async (name: string) =>
    (await call<{ id: string }>(founder, 'POST', `/api/workspaces/${workspaceId}/boards`, { name })).id
  const boardIds = [await makeBoard('Near'), await makeBoard('Far')]
  return { workspaceId, boardIds, quietBoardId: await makeBoard('Quiet') }
}
