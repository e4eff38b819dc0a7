import { boardSource, type BoardView } from '../../board/open-board.ts'
import type { BoardState } from '../../dto/board.ts'
import type { Envelope } from '../../events/envelope.ts'
import { assert } from '@taskflow/tools/suite.ts'
import { memoryStorage } from '../memory-storage.ts'
import { createSync, type Sync } from '../sync.ts'
import type { Write } from '../write.ts'
import { BOARD_IDS } from './model-server.ts'
import type { ModelWorld } from './model-world.ts'
import { Weather } from './weather.ts'

/** Live may be that much behind the server: the rule's 15 s, and the way of the message that confirmed it. */
const LIVE_LAG_MS = 15_000 + 1_000

export type Request = Parameters<BoardView['write']>[0]

/** Somebody with a browser: acts, and checks at every change that the screen is right. */
export class Person {
  readonly weather: Weather
  readonly session: { userId: string; isOver: boolean }
  readonly written: Write[] = []
  readonly refused = new Set<string>()
  readonly acknowledged = new Map<string, string>()
  /** Cards that nobody else renames, deletes or takes to another board, as each act left them; null is deleted. */
  readonly own = new Map<string, { key: string; boardId: string; title: string | null }[]>()
  readonly failures: unknown[] = []
  readonly heard: Envelope[] = []
  /** Nothing is known about own writes after a restore from backup. */
  trustsOwnWrites = true
  sync!: Sync
  boards!: BoardView[]
  #world: ModelWorld
  #kept = new Map<string, Write>()
  #positions = new Map<string, { epoch: string; seq: number }>()
  #tab = 0

  constructor(world: ModelWorld, userId: string) {
    this.#world = world
    this.session = { userId, isOver: false }
    this.weather = new Weather(world.clock)
    this.load()
  }

  /** Opens the boards in a new tab; the queue is taken up from the storage. */
  load() {
    const tab = ++this.#tab
    const { clock, http, node } = this.#world
    const storage = memoryStorage(this.#kept)
    this.sync?.close()
    this.sync = createSync({
      clock,
      storage: {
        ...storage,
        load: async () => (tab === this.#tab ? storage.load() : []),
        remove: async (key) => (tab === this.#tab ? storage.remove(key) : undefined),
      },
      fetch: http.fetchFor(this.session, this.weather),
      io: () => node.socketFor(this.session, this.weather),
      onRefused: ({ write }) => this.#undo(write.key),
    })
    this.#positions.clear()
    this.boards = BOARD_IDS.map((boardId) => {
      const view = this.sync.open(boardSource(boardId)) as BoardView
      view.subscribe((facts) => this.#look(view, facts))
      return view
    })
  }

  write(boardIndex: number, request: Request): string {
    const view = this.boards[boardIndex]!
    const before = new Set(this.#kept.keys())
    const outcome = view.write(request)
    const write = [...this.#kept.values()].find(({ key }) => !before.has(key))!
    this.written.push(write)
    void outcome.then((answer) => {
      if (answer.kind === 'done') this.acknowledged.set(write.key, (answer.body as { epoch: string }).epoch)
    })
    return write.key
  }

  /** An act on a card of one's own, remembered as what must be seen from now on. */
  writeOwn(id: string, after: { boardId: string; title: string | null }, boardIndex: number, request: Request) {
    const acts = this.own.get(id) ?? []
    this.own.set(id, acts)
    const act = { key: '', ...after }
    acts.push(act)
    act.key = this.write(boardIndex, request)
  }

  look() {
    for (const view of this.boards) this.#look(view, [])
  }

  #undo(key: string) {
    this.refused.add(key)
    for (const [id, acts] of this.own)
      this.own.set(
        id,
        acts.filter((act) => act.key !== key),
      )
  }

  #look(view: BoardView, facts: Envelope[]) {
    this.heard.push(...facts)
    try {
      this.#checkOrder(view, facts)
      this.#checkLive(view)
      if (this.trustsOwnWrites && view.state) this.#checkOwn(view.state)
    } catch (failure) {
      this.failures.push(failure)
    }
  }

  #checkOrder(view: BoardView, facts: Envelope[]) {
    let at = this.#positions.get(view.id)
    for (const { seq, epoch } of facts) {
      if (at) assert.deepEqual({ epoch, seq }, { epoch: at.epoch, seq: at.seq + 1 }, 'facts are applied without a gap')
      at = { epoch, seq }
    }
    if (view.position) this.#positions.set(view.id, view.position)
  }

  #checkLive(view: BoardView) {
    if (view.status.is !== 'live') return
    const { clock, server } = this.#world
    const then = server.timeline.findLast(({ at }) => at <= clock.now() - LIVE_LAG_MS)
    if (!then) return
    const { epoch, seq } = view.position!
    assert.ok(epoch >= then.epoch, 'who sees Live is not in a history of before')
    if (epoch === then.epoch)
      assert.ok(seq >= then.heads[view.id]!, `Live at ${seq}, the server was at ${then.heads[view.id]}`)
  }

  #checkOwn(state: BoardState) {
    for (const [id, acts] of this.own) {
      const last = acts.at(-1)
      const expected = last?.boardId === state.board.id ? (last.title ?? undefined) : undefined
      assert.equal(state.tasks.find((task) => task.id === id)?.title, expected, 'a writer sees their own write')
    }
  }
}
