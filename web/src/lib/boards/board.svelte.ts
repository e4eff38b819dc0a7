import type { BoardAct } from '@taskflow/shared/board/open-board.ts'
import { openBoardIn } from '@taskflow/shared/board/open-board.ts'
import { byPosition } from '@taskflow/shared/board/position.ts'
import type { BoardMember, BoardSnapshot, BoardState, Column } from '@taskflow/shared/dto/board.ts'
import type { TaskCard } from '@taskflow/shared/dto/task.ts'
import type { Present } from '@taskflow/shared/socket/down.ts'
import { tick } from 'svelte'
import { SvelteSet } from 'svelte/reactivity'
import { allows } from '#lib/allows.ts'
import { LiveView } from '#lib/live/live-view.svelte.ts'
import type { Live } from '#lib/live/live.svelte.ts'
import type { Anchor } from '#lib/ui/place.ts'
import type { CardActs } from './acts.ts'
import type { CardChoice, OpenCardMenu } from './card-menu.ts'
import { Arrangement } from './arrangement.ts'
import type { ColumnActs } from './column-acts.ts'
import { watchPlaces } from './gliding.ts'
import { Folded } from './folded.svelte.ts'
import { createMovers, type Mover } from './movers.ts'
import { belowAll, targetsOf } from './selecting.ts'
import { permissionsOnBoard } from './permissions.ts'
import { watchFocus } from './walking.ts'

export interface Lift {
  id: string
  columnId: string
  /** The card below; null is the end of the column. */
  before: string | null
  by: 'mouse' | 'touch' | 'keyboard'
}

/** What is asked over the board before it is done. */
export type BoardDialog =
  | { kind: 'limit'; columnId: string }
  | { kind: 'remove column'; columnId: string }
  | { kind: 'settings' }
  | { kind: 'removed' }

interface ShownList {
  cards(): TaskCard[]
  /** Scrolls so that the card at the index is drawn. */
  reveal(index: number): void
}

interface Viewer {
  user: { id: string; name: string }
  role: string
  permissions: string[]
}

/** The cards of one column, in order: a new array when something in it changed. */
export class CardList {
  all = $state.raw<TaskCard[]>([])
}

/** A board on the screen: the live state, arranged so that a fact costs what it changed. */
export class LiveBoard {
  readonly id: string
  readonly me: Viewer['user']
  readonly live: LiveView<BoardState, BoardAct>
  #viewer: Viewer
  #snapshot: BoardSnapshot
  #arrangement = new Arrangement()
  #lists = new Map<string, CardList>()
  #shown = new Map<string, ShownList>()

  constructor(snapshot: BoardSnapshot, viewer: Viewer, folded?: string) {
    const { stream: _stream, ...state } = snapshot
    this.id = snapshot.board.id
    this.me = viewer.user
    this.#viewer = viewer
    this.#snapshot = snapshot
    this.folded = new Folded(folded)
    this.live = new LiveView<BoardState, BoardAct>(state)
    this.#arrange()
  }

  #members = $derived.by(() => this.live.state?.members ?? NONE)
  #labels = $derived.by(() => this.live.state?.labels ?? NONE)
  #columns = $derived.by(() => this.live.state?.columns ?? NONE)

  board = $derived.by(() => this.live.state?.board)
  columns: Column[] = $derived(this.#columns.toSorted(byPosition))
  members = $derived(new Map(this.#members.map((member) => [member.id, member])))
  labels = $derived(new Map(this.#labels.map((label) => [label.id, label])))
  isGone = $derived.by(() => this.live.status.is === 'gone' || this.live.state === null)
  permissions = $derived.by(() => {
    const member: BoardMember | undefined = this.members.get(this.me.id)
    return permissionsOnBoard(this.#viewer.permissions, this.#viewer.role, member)
  })

  /** The place of the card that is in the hand; nothing is written before it is let go. */
  lift = $state.raw<Lift | null>(null)
  /** The card in the hand as it is now. */
  lifted = $derived.by(() => (this.lift ? this.card(this.lift.id) : undefined))
  /** The card that had the focus last. */
  focusedId = $state<string | null>(null)
  /** The column whose field for new cards is open. */
  readonly adding = $state<{ at: string | null }>({ at: null })
  menu = $state.raw<OpenCardMenu | null>(null)
  readonly selection = new SvelteSet<string>()
  filter = $state.raw<(card: TaskCard) => boolean>()
  /** What one added oneself under this filter stays in sight, though it does not match. */
  added = $state.raw<ReadonlySet<string>>(new Set())
  acts!: CardActs
  columnActs!: ColumnActs
  readonly folded: Folded
  /** The element that holds the columns, while they are on the screen. */
  root: HTMLElement | null = null
  dialog = $state.raw<BoardDialog | null>(null)

  #lookers = $derived.by(() => {
    const lookers = new Map<string, Present[]>()
    for (const person of this.live.present) {
      const { task } = person.state
      if (typeof task !== 'string' || person.id === this.me.id) continue
      lookers.set(task, [...(lookers.get(task) ?? []), person])
    }
    return lookers
  })

  connect(live: Live): () => void {
    const moversOf = createMovers(this.me.id)
    const withImage = ([id, mover]: [string, Mover]) =>
      [id, { ...mover, image: this.members.get(mover.id)?.image }] as const
    this.live.paint = (facts, apply) => {
      const moved = moversOf(facts)
      // Nothing glides under a card in the hand.
      const after =
        this.root && moved.size && !this.lift ? watchPlaces(this.root, new Map([...moved].map(withImage))) : null
      const keepFocus = watchFocus(this, { isOwn: facts.length === 0 })
      apply()
      this.#arrange()
      if (after) void tick().then(after)
      if (keepFocus) void tick().then(keepFocus)
    }
    return this.live.connect(() => openBoardIn(live.sync, this.id, this.#snapshot))
  }

  can(permission: string): boolean {
    return this.board?.archivedAt == null && allows(this.permissions, permission)
  }

  /** Why something on it cannot be changed, in words. */
  whyNot(permission: string, words: { archived: string; looking: string }): string | undefined {
    if (this.can(permission)) return undefined
    return this.board?.archivedAt == null ? words.looking : words.archived
  }

  card(id: string): TaskCard | undefined {
    // Whoever asks wants to know again after each change.
    return this.live.state ? this.#arrangement.card(id) : undefined
  }

  cards(): TaskCard[] {
    return this.live.state?.tasks ?? NONE
  }

  column(id: string): Column | undefined {
    return this.#columns.find((column) => column.id === id)
  }

  cardsIn(columnId: string): CardList {
    let list = this.#lists.get(columnId)
    if (!list) {
      list = new CardList()
      list.all = this.#arrangement.cardsIn(columnId)
      this.#lists.set(columnId, list)
    }
    return list
  }

  filtered(cards: TaskCard[]): TaskCard[] {
    return this.filter ? cards.filter((card) => this.isInSight(card)) : cards
  }

  isInSight(card: TaskCard): boolean {
    return !this.filter || this.filter(card) || this.added.has(card.id)
  }

  lookersAt(taskId: string): Present[] {
    return this.#lookers.get(taskId) ?? NONE
  }

  /** How a column on the screen, a day, or the whole list shows its cards: for walking over them. */
  addList(name: string, shown: ShownList): () => void {
    this.#shown.set(name, shown)
    return () => this.#shown.delete(name)
  }

  /** All that is on the screen: columns as they stand, days as they follow. */
  lists(): ShownList[] {
    const columns = this.columns.flatMap(({ id }) => this.#shown.get(id) ?? [])
    if (columns.length) return columns
    return [...this.#shown].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, shown]) => shown)
  }

  shownIn(columnId: string): TaskCard[] {
    return this.#shown.get(columnId)?.cards() ?? NONE
  }

  /** Lets go of the card in the hand where it is held. */
  drop() {
    const { lift } = this
    if (!lift) return
    const ids = targetsOf(this, lift.id)
    const { columnId } = lift
    this.acts.move(ids, { columnId, before: belowAll(this, lift, ids) })
    this.live.showNow()
    this.lift = null
  }

  openMenu(id: string, choice: CardChoice = 'all', anchor: Anchor | null = document.getElementById(`card-${id}`)) {
    if (anchor) this.menu = { ids: targetsOf(this, id), anchor, choice }
  }

  keyOf({ number }: Pick<TaskCard, 'number'>): string {
    return number ? `${this.board?.key}-${number}` : ''
  }

  /** Filters and view stay as they are under what opens over them. */
  search = $state('')
  /** How the screen goes from one address to another; the route knows. */
  ways: { go(href: string): void; close(): void } = { go() {}, close() {} }

  get href(): string {
    return `/boards/${this.id}${this.search}`
  }

  taskHref(taskId: string): string {
    return `/boards/${this.id}/tasks/${taskId}${this.search}`
  }

  openTask(taskId: string) {
    this.ways.go(this.taskHref(taskId))
  }

  closeTask() {
    this.ways.close()
  }

  #arrange() {
    for (const columnId of this.#arrangement.update(this.live.state?.tasks ?? NONE)) {
      const list = this.#lists.get(columnId)
      if (list) list.all = this.#arrangement.cardsIn(columnId)
    }
  }
}

const NONE: never[] = []
