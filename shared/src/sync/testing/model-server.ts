import type { BoardState } from '../../dto/board.ts'
import type { TaskCard } from '../../dto/task.ts'
import type { Envelope } from '../../events/envelope.ts'
import { positionAt } from '../../board/place.ts'
import { boardStream } from '../../names.ts'
import { newBoard, newCard } from './model-board.ts'

export interface Call {
  userId: string
  method: string
  path: string
  key?: string | undefined
  body?: any
}

export interface Answer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

interface History {
  epoch: string
  boards: Map<string, BoardState>
  facts: Map<string, Envelope[]>
  answers: Map<string, Answer>
}

type Change = { boardId: string; type: string; data: object }

const REFUSED: Answer = { status: 422, body: { code: 'tasks.invalid', detail: 'no' } }
const MISSING: Answer = { status: 404, body: { code: 'not_found', detail: 'no' } }
const PAGE = 5

/** The API's rules in memory: one transaction at a time, facts in each board's stream, keys remembered. */
export class ModelServer {
  history: History = { epoch: 'e1', boards: new Map(), facts: new Map(), answers: new Map() }
  /** Facts up to here cannot be read again. */
  trimmed = new Map<string, number>()
  revoked = new Map<string, number>()
  timeline: { at: number; epoch: string; heads: Record<string, number> }[] = []
  #now: () => number
  #publish: (facts: Envelope[]) => void
  #backup: History | null = null

  constructor(now: () => number, publish: (facts: Envelope[]) => void) {
    this.#now = now
    this.#publish = publish
    for (const boardId of BOARD_IDS) {
      this.history.boards.set(boardId, newBoard(boardId, columnsOf(boardId)))
      this.history.facts.set(boardStream(boardId), [])
      this.#commit([{ boardId, type: 'board.updated', data: { id: boardId, version: 1 } }])
    }
  }

  head(stream: string): number {
    return this.history.facts.get(stream)!.length
  }

  mayRead(userId: string, stream: string) {
    return this.history.facts.has(stream) && !this.revoked.has(`${userId} ${stream}`)
  }

  snapshot(boardId: string): BoardState {
    return structuredClone(this.history.boards.get(boardId)!)
  }

  /** Null: these facts are not to be had any more. */
  factsAfter(stream: string, epoch: string, after: number, limit = Infinity): Envelope[] | null {
    const facts = this.history.facts.get(stream)!
    if (epoch !== this.history.epoch || after > facts.length || after < (this.trimmed.get(stream) ?? 0)) return null
    return structuredClone(facts.slice(after, after + limit))
  }

  answer(call: Call, ticket: (stream: string) => string): Answer {
    const [, , kind, id = '', what] = call.path.split('?')[0]!.split('/')
    if (call.method !== 'GET') return this.#write(call)
    if (kind === 'boards') return this.#readBoard(call.userId, id, ticket)
    if (!this.mayRead(call.userId, id)) return MISSING
    const { epoch } = this.history
    if (what === 'ticket') return { status: 200, body: { ticket: ticket(id), epoch, seq: this.head(id) } }
    const query = new URLSearchParams(call.path.split('?')[1])
    const events = this.factsAfter(id, query.get('epoch')!, Number(query.get('after')), PAGE)
    if (!events) return { status: 410, body: { code: 'streams.gone' } }
    return { status: 200, body: { epoch, head: this.head(id), events } }
  }

  revoke(userId: string, boardId: string) {
    const stream = boardStream(boardId)
    if (!this.mayRead(userId, stream)) return
    const seq = this.head(stream) + 1
    this.revoked.set(`${userId} ${stream}`, seq)
    for (const task of this.history.boards.get(boardId)!.tasks) {
      task.assigneeIds = task.assigneeIds.filter((id) => id !== userId)
    }
    this.#commit([{ boardId, type: 'access.revoked', data: { userId, userIds: [userId], acl: seq } }])
  }

  backUp() {
    this.#backup = structuredClone(this.history)
  }

  trim() {
    for (const [stream, facts] of this.history.facts) this.trimmed.set(stream, facts.length)
  }

  /** Back to the last backup, if there is one; what was written since is lost. */
  restore(): boolean {
    if (!this.#backup) return false
    this.history = { ...structuredClone(this.#backup), epoch: `e${Number(this.history.epoch.slice(1)) + 1}` }
    this.trimmed.clear()
    this.#note()
    return true
  }

  #readBoard(userId: string, boardId: string, ticket: (stream: string) => string): Answer {
    const id = boardStream(boardId)
    if (!this.mayRead(userId, id)) return MISSING
    const stream = { id, epoch: this.history.epoch, seq: this.head(id), ticket: ticket(id) }
    return { status: 200, body: { ...this.snapshot(boardId), stream } }
  }

  #write(call: Call): Answer {
    const known = this.history.answers.get(call.key!)
    if (known) return known
    const changes = this.#changesFor(call)
    if (!Array.isArray(changes)) return changes
    const positions = this.#commit(changes, call.key)
    const answer = { status: 200, body: { epoch: this.history.epoch }, headers: { 'stream-position': positions } }
    this.history.answers.set(call.key!, answer)
    return answer
  }

  #changesFor({ userId, method, path, body }: Call): Change[] | Answer {
    const [, , kind, id = '', what, which] = path.split('/')
    if (kind === 'boards') return this.#create(userId, id, body)
    const task = this.#find(id)
    if (!task || !this.mayRead(userId, boardStream(task.boardId))) return MISSING
    if (what === 'position') return body.from && body.from !== task.boardId ? REFUSED : this.#move(task, body)
    const stamp = { id: task.id, version: task.version + 1, updatedAt: new Date(this.#now()).toISOString() }
    const { boardId } = task
    if (what === 'assignees') {
      const others = task.assigneeIds.filter((one) => one !== which)
      const assigneeIds = method === 'PUT' ? [...others, which!] : others
      this.#replace({ ...task, ...stamp, assigneeIds })
      return [{ boardId, type: 'task.updated', data: { ...stamp, assigneeIds } }]
    }
    if (method === 'DELETE') {
      this.#remove(task)
      return [{ boardId, type: 'task.deleted', data: { ...stamp, reason: 'trashed' } }]
    }
    if (body.title === '') return REFUSED
    this.#replace({ ...task, ...stamp, title: body.title })
    return [{ boardId, type: 'task.updated', data: { ...stamp, title: body.title } }]
  }

  #create(userId: string, boardId: string, { id, title, columnId }: any): Change[] | Answer {
    if (!this.mayRead(userId, boardStream(boardId))) return MISSING
    if (title === '' || this.#find(id)) return REFUSED
    const { tasks } = this.history.boards.get(boardId)!
    const column = tasks.filter((task) => task.columnId === columnId)
    const card = newCard({
      id,
      boardId,
      columnId,
      title,
      number: tasks.length + 1,
      position: positionAt(column, {}) + 'V',
    })
    tasks.push(card)
    return [{ boardId, type: 'task.created', data: { ...card, description: '' } }]
  }

  #move(task: TaskCard, { columnId, ...place }: any): Change[] {
    const boardId = BOARD_IDS.find((one) => columnsOf(one).includes(columnId))!
    const others = this.history.boards
      .get(boardId)!
      .tasks.filter((one) => one.columnId === columnId && one.id !== task.id)
    const stamp = { id: task.id, version: task.version + 1, updatedAt: new Date(this.#now()).toISOString() }
    const moved = { ...task, ...stamp, boardId, columnId, position: positionAt(others, place) + 'V' }
    this.#remove(task)
    this.history.boards.get(boardId)!.tasks.push(moved)
    const { position, closedAt } = moved
    if (boardId === task.boardId)
      return [{ boardId, type: 'task.moved', data: { ...stamp, columnId, position, closedAt } }]
    return [
      { boardId: task.boardId, type: 'task.deleted', data: { ...stamp, reason: 'moved', toBoardId: boardId } },
      { boardId, type: 'task.moved', data: { ...moved, fromBoardId: task.boardId } },
    ]
  }

  #commit(changes: Change[], mutation?: string): string {
    const facts = changes.map(({ boardId, type, data }): Envelope => {
      const stream = boardStream(boardId)
      const known = this.history.facts.get(stream)!
      const at = new Date(this.#now()).toISOString()
      const actor = { kind: 'user' as const, id: null, name: 'Somebody' }
      const seq = known.length + 1
      const fact = { stream, epoch: this.history.epoch, seq, txn: 't', at, type, actor, data: structuredClone(data) }
      known.push({ ...fact, ...(mutation && { mutation }) })
      return known.at(-1)!
    })
    this.#note()
    this.#publish(structuredClone(facts))
    return facts.map(({ stream, seq }) => `${stream}=${seq}`).join(', ')
  }

  #note() {
    const heads = Object.fromEntries([...this.history.facts].map(([stream, facts]) => [stream, facts.length]))
    this.timeline.push({ at: this.#now(), epoch: this.history.epoch, heads })
  }

  #find(id: string): TaskCard | undefined {
    return [...this.history.boards.values()].flatMap(({ tasks }) => tasks).find((task) => task.id === id)
  }

  #replace(task: TaskCard) {
    const board = this.history.boards.get(task.boardId)!
    board.tasks = board.tasks.map((known) => (known.id === task.id ? task : known))
  }

  #remove(task: TaskCard) {
    const board = this.history.boards.get(task.boardId)!
    board.tasks = board.tasks.filter((known) => known.id !== task.id)
  }
}

export const BOARD_IDS = ['0199aaaa-0000-7000-8000-000000000001', '0199aaaa-0000-7000-8000-000000000002']
export const columnsOf = (boardId: string) => [`${boardId}-left`, `${boardId}-right`]
