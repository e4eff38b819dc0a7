import type { BoardSnapshot } from '@taskflow/shared/dto/board.ts'
import { REASONS } from '@taskflow/shared/dto/notification.ts'
import { userStream } from '@taskflow/shared/names.ts'
import { setTimeout as delay } from 'node:timers/promises'
import type { Person } from '../../../core-api/src/testing/person.ts'
import type { Ledger } from '../ledger.ts'
import type { Outside } from '../outside.ts'
import type { Random } from '../random.ts'
import { openReader } from '../reader.ts'
import { foundWorkspace } from '../scene.ts'
import { type Ask, createAsking } from './asking.ts'
import { type Book, createBook } from './book.ts'
import { openWatched } from './crowd.ts'
import { closeWhatRepeats, giveWhatIsDue, remind } from './dates.ts'
import { openDesk } from './desk.ts'

const DESKS = 4
const DESK_EVERY_MS = 300
const DATE_EVERY_MS = 1_200
const COMMENT_EVERY_MS = 3_000
/** Facts that the workspace's webhook is to hear of. */
export const HOOKED = ['task.created', 'task.closed', 'comment.created']

interface OfficeOptions {
  url: string
  databaseUrl: string
  outside: Outside
  ledger: Ledger
  random: Random
  /** The first founds the workspace; the last never reads. */
  people: Person[]
}

/** Where those who work in it find everything. */
export interface Room {
  ask: Ask
  book: Book
  ledger: Ledger
  databaseUrl: string
  workspaceId: string
  boardId: string
  columnIds: string[]
  people: Person[]
  readers: Person[]
}

export type Office = Awaited<ReturnType<typeof openOffice>>

/** People who give each other work, call each other and close what repeats: all of it is to be told, once. */
export async function openOffice({ url, databaseUrl, outside, ledger, random, people }: OfficeOptions) {
  const ask = createAsking(url, ledger)
  const [founder, idler] = [people[0]!, people.at(-1)!]
  const workspaceId = await foundWorkspace(founder, people.slice(1), 'Office')
  const made = await ask<{ id: string }>(founder, 'POST', `/api/workspaces/${workspaceId}/boards`, { name: 'Desks' })
  const boardId = made.body.id
  const { columns } = (await ask<BoardSnapshot>(founder, 'GET', `/api/boards/${boardId}`)).body
  const columnIds = columns.filter(({ done }) => !done).map(({ id }) => id)
  await hook(ask, { founder, idler, workspaceId, url: outside.receiver.url })
  const ears = people.map((person) => openReader({ person, url, ledger }))
  await Promise.all(people.map(({ userId }, i) => ears[i]!.start([userStream(userId)])))
  const readers = people.filter((person) => person !== idler)
  const room = { ask, book: createBook(), ledger, databaseUrl, workspaceId, boardId, columnIds, people, readers }

  const desks = await Promise.all(Array.from({ length: DESKS }, () => openDesk(room, random.fork())))
  const watched = await openWatched(room, founder)
  let working = true
  async function every(ms: number, pace: Random, act: () => Promise<unknown>) {
    while (working) {
      await delay(ms * 0.5 + pace.below(ms))
      if (working) await act()
    }
  }
  const byDate = [remind, giveWhatIsDue, closeWhatRepeats, closeWhatRepeats]
  const work = [
    ...desks.map(({ act }) => every(DESK_EVERY_MS, random.fork(), act)),
    ...byDate.map((act) => {
      const own = random.fork()
      return every(DATE_EVERY_MS, own, () => act(room, own))
    }),
    every(COMMENT_EVERY_MS, random.fork(), watched.act),
  ]
  const working$ = Promise.all(work)
  // Told when it comes to rest.
  working$.catch(() => {})

  return {
    ...room,
    outside,
    idler,
    ears,
    async rest() {
      working = false
      await working$
    },
    close() {
      for (const ear of ears) ear.close()
    },
  }
}

interface Hooked {
  founder: Person
  idler: Person
  workspaceId: string
  url: string
}

/** The workspace has a webhook for some facts; whoever never reads has one of their own, for everything. */
async function hook(ask: Ask, { founder, idler, workspaceId, url }: Hooked) {
  await ask(founder, 'POST', `/api/workspaces/${workspaceId}/webhooks`, { url, events: HOOKED })
  await ask(idler, 'PUT', '/api/me/webhook', { url: `${url}/own` })
  const matrix = Object.fromEntries(REASONS.map((reason) => [reason, { webhook: true }]))
  await ask(idler, 'PUT', '/api/me/preferences', { matrix })
}
