import { type BoardAct, type BoardView, openBoardIn } from '@taskflow/shared/board/open-board.ts'
import type { TaskCard } from '@taskflow/shared/dto/task.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import { memoryStorage } from '@taskflow/shared/sync/memory-storage.ts'
import { createSync } from '@taskflow/shared/sync/sync.ts'
import { systemClock } from '@taskflow/shared/sync/system-clock.ts'
import type { NewWrite } from '@taskflow/shared/sync/view.ts'
import type { Write } from '@taskflow/shared/sync/write.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { io } from 'socket.io-client'
import type { Person } from '../../core-api/src/testing/person.ts'
import type { Ledger } from './ledger.ts'
import type { Line } from './line.ts'

const PENDING_LIMIT = 30

interface WriterOptions {
  person: Person
  origin: string
  line: Line
  boardIds: string[]
  ledger: Ledger
  everyMs: number
}

export type Writer = ReturnType<typeof openWriter>

/** Somebody at work: the client engine, as in a tab, over a line that is not to be trusted. */
export function openWriter({ person, origin, line, boardIds, ledger, everyMs }: WriterOptions) {
  /** In the order in which they were typed. */
  const typed: { write: Write; at: number; answeredAt?: number }[] = []
  const refused = new Set<string>()
  const own = new Map<string, TaskCard>()
  let working = true

  const fetchByLine = async (path: string, init: RequestInit = {}) => {
    const headers = { ...(init.headers as Record<string, string>), cookie: person.cookie }
    const answer = await fetch(line.url + path, { ...init, headers })
    const key = headers['idempotency-key' as keyof typeof headers]
    if (!key) return answer
    // Only an answer whose last byte has come counts as one.
    const text = await answer.text()
    heed(key, `${init.method} ${path}`, answer, text)
    const hasBody = answer.status !== 204 && answer.status !== 304
    return new Response(hasBody ? text : null, { status: answer.status, headers: answer.headers })
  }

  function heed(key: string, what: string, { status, headers }: Response, text: string) {
    if (status === 500 || status === 401 || status === 422) ledger.fault(`${what} was answered ${status}: ${text}`)
    if (status >= 300) return
    const positions = positionsOf(headers)
    const known = ledger.acknowledged.get(key)
    if (known && JSON.stringify(known.positions) !== JSON.stringify(positions)) {
      ledger.fault(`${what} was answered twice, at ${JSON.stringify([known.positions, positions])}`)
    }
    ledger.acknowledge(key, { what, positions })
  }

  const storage = memoryStorage()
  const sync = createSync({
    fetch: fetchByLine,
    io: (options) => io(line.url, { ...options, extraHeaders: { origin } }),
    clock: systemClock,
    storage: {
      ...storage,
      save: (write) => {
        typed.push({ write, at: Date.now() })
        return storage.save(write)
      },
    },
    onSignedOut: () => ledger.fault(`${person.name} was signed out`),
    onRefused: ({ write, problem }) => {
      refused.add(write.key)
      if (problem.status >= 500) ledger.fault(`${write.method} ${write.path} was refused for good: ${problem.status}`)
    },
  })
  const boards = boardIds.map((id) => openBoardIn(sync, id))

  async function type(view: BoardView, write: NewWrite<BoardAct>) {
    const outcome = view.write(write)
    const entry = typed.at(-1)!
    const { kind } = await outcome
    entry.answeredAt = Date.now()
    return kind
  }

  async function create(view: BoardView) {
    const { board, columns } = view.state!
    const task = { id: newId(), title: `Card of ${person.name}`, columnId: any(columns)!.id }
    const path = `/api/boards/${board.id}/tasks`
    const acts: BoardAct[] = [{ name: 'createTask', args: { task } }]
    if ((await type(view, { method: 'POST', path, body: task, acts })) !== 'done') return
    const card = view.state?.tasks.find(({ id }) => id === task.id)
    if (!card) return ledger.fault(`${person.name} does not see a card that was just made`)
    own.set(task.id, card)
  }

  function rename(view: BoardView) {
    const task = any(view.state!.tasks)
    if (!task) return
    const changes = { title: `${person.name} ${newId()}` }
    const acts: BoardAct[] = [{ name: 'updateTask', args: { id: task.id, changes } }]
    void type(view, { method: 'PATCH', path: `/api/tasks/${task.id}`, body: changes, acts })
  }

  function move(view: BoardView) {
    const { tasks, columns } = view.state!
    const [task, neighbour, column] = [any(tasks), any(tasks), any(columns)!]
    if (!task) return
    const isBeside = neighbour && neighbour.id !== task.id && neighbour.columnId === column.id
    const place = { columnId: column.id, ...(isBeside ? { before: neighbour.id } : {}) }
    const acts: BoardAct[] = [{ name: 'moveTask', args: { id: task.id, at: new Date().toISOString(), ...place } }]
    void type(view, { method: 'PUT', path: `/api/tasks/${task.id}/position`, body: place, acts })
  }

  /** Only its own cards go from board to board, and only those that are not on the way already. */
  function moveAcross(view: BoardView) {
    const to = boards.find((other) => other !== view)
    const task = view.state!.tasks.find(({ id }) => own.has(id))
    if (!to?.state || !task) return
    own.delete(task.id)
    const columnId = any(to.state.columns)!.id
    const args = { id: task.id, at: new Date().toISOString(), boardId: to.state.board.id, columnId, task }
    const alsoStreams = [boardStream(to.state.board.id)]
    const path = `/api/tasks/${task.id}/position`
    void type(view, { method: 'PUT', path, body: { columnId }, acts: [{ name: 'moveTask', args }], alsoStreams })
  }

  function remove(view: BoardView) {
    const task = view.state!.tasks.find(({ id }) => own.has(id))
    if (!task) return
    own.delete(task.id)
    const acts: BoardAct[] = [{ name: 'deleteTask', args: { id: task.id } }]
    void type(view, { method: 'DELETE', path: `/api/tasks/${task.id}`, acts })
  }

  function assign(view: BoardView) {
    const task = any(view.state!.tasks)
    if (!task) return
    const on = !task.assigneeIds.includes(person.userId)
    const acts: BoardAct[] = [{ name: 'setAssignee', args: { id: task.id, userId: person.userId, on } }]
    const path = `/api/tasks/${task.id}/assignees/${person.userId}`
    void type(view, { method: on ? 'PUT' : 'DELETE', path, acts })
  }

  function comment(view: BoardView) {
    const task = any(view.state!.tasks)
    if (task) void type(view, { method: 'POST', path: `/api/tasks/${task.id}/comments`, body: { body: 'Indeed.' } })
  }

  const ACTS = [create, create, rename, rename, rename, move, move, move, moveAcross, remove, assign, comment]

  async function work() {
    while (working) {
      await delay(everyMs * (0.5 + Math.random()))
      const view = any(boards)!
      if (view.state && sync.pending < PENDING_LIMIT) void any(ACTS)!(view)
    }
  }
  const working$ = work()

  return {
    name: person.name,
    person,
    line,
    boards,
    typed,
    refused,
    /** What was typed before this moment and has no answer yet. */
    unansweredBefore: (at: number) => typed.filter((one) => one.at < at && !one.answeredAt).length,
    pending: () => sync.pending,
    async rest() {
      working = false
      await working$
    },
    close: () => sync.close(),
  }
}

const any = <T>(list: T[]): T | undefined => list[Math.floor(Math.random() * list.length)]

export function positionsOf(headers: Headers): Record<string, number> {
  const pairs = (headers.get('stream-position') ?? '').split(', ').filter(Boolean)
  return Object.fromEntries(pairs.map((pair) => pair.split('=')).map(([id, seq]) => [id, Number(seq)]))
}
