import { boardStream } from '@taskflow/shared/names.ts'
import { createPerson, type Person } from '../../core-api/src/testing/person.ts'
import { startStack } from '../stack/stack.ts'
import { createLedger } from './ledger.ts'
import { openLine } from './line.ts'
import { openOffice } from './office/office.ts'
import { openOutside } from './outside.ts'
import { createRandom } from './random.ts'
import { openReader } from './reader.ts'
import { startStores } from './stores.ts'
import { openWriter } from './writer.ts'

export type Scene = Awaited<ReturnType<typeof openScene>>

interface SceneOptions {
  everyMs: number
  slack: number
  /** Of what is left to chance in the office, and of when and what is killed; without one there is no office. */
  seed?: number | undefined
}

/**
 * The whole stack, three people at work on two boards, each over a line of their own, and an outsider who reads; and an
 * office, where the same people do what others are to be told of.
 */
export async function openScene({ everyMs, slack, seed }: SceneOptions) {
  const random = createRandom(seed ?? 1)
  const [stores, outside] = await Promise.all([startStores(), openOutside()])
  // The first API node speaks to Redis over a line: so it can be made to commit and not publish.
  const publishing = await openLine({ port: Number(new URL(stores.redisUrl).port) })
  const redisUrl = (process: string) => (process === 'api1' ? `redis://127.0.0.1:${publishing.port}` : stores.redisUrl)
  const { databaseUrl } = stores
  const workers = seed === undefined ? 1 : 2
  const stack = await startStack({ databaseUrl, redisUrl, workers, env: outside.env }).catch(async (error: unknown) => {
    publishing.close()
    await Promise.all([stores.close(), outside.close()])
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
  const own = { people: [outsider!, ...people], random: random.fork() }
  const office =
    seed === undefined ? undefined : await openOffice({ url: stack.url, databaseUrl, outside, ledger, ...own })

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
    office,
    random,
    async close() {
      office?.close()
      for (const writer of writers) writer.close()
      reader.close()
      for (const line of lines) line.close()
      await stack.close()
      publishing.close()
      await Promise.all([stores.close(), outside.close()])
    },
  }
}

export async function call<T>(person: Person, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await person.fetch(path, { method, body })
  if (!answer.ok) throw new Error(`${method} ${path} → ${answer.status} ${await answer.text()}`)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

export async function foundWorkspace(founder: Person, others: Person[], name: string): Promise<string> {
  const { id: workspaceId } = await call<{ id: string }>(founder, 'POST', '/api/workspaces', { name })
  for (const other of others) {
    const wish = { email: other.email, role: 'member' }
    const { token } = await call<{ token: string }>(founder, 'POST', `/api/workspaces/${workspaceId}/invitations`, wish)
    await call(other, 'POST', `/api/invitations/${token}/accept`)
  }
  return workspaceId
}

async function foundTeam(founder: Person, others: Person[]) {
  const workspaceId = await foundWorkspace(founder, others, 'Acme')
  const makeBoard = async (name: string) =>
    (await call<{ id: string }>(founder, 'POST', `/api/workspaces/${workspaceId}/boards`, { name })).id
  const boardIds = [await makeBoard('Near'), await makeBoard('Far')]
  return { workspaceId, boardIds, quietBoardId: await makeBoard('Quiet') }
}
