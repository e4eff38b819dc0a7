import { applyTaskEvent, type TaskState } from '@taskflow/shared/board/apply-task-event.ts'
import type { BoardAct } from '@taskflow/shared/board/open-board.ts'
import { taskActs } from '@taskflow/shared/board/task-acts.ts'
import type { Attachment, Task, TaskCard } from '@taskflow/shared/dto/task.ts'
import type { Actor, Envelope } from '@taskflow/shared/events/envelope.ts'
import type { Present } from '@taskflow/shared/socket/down.ts'
import { type Act, overlay, type Outcome, type Request, type Typed } from '@taskflow/shared/sync/write.ts'
import { createApi } from '#lib/api.ts'
import type { Author } from '#lib/editor/text-edit.ts'
import type { Undo } from '#lib/undo/undo.ts'
import type { BoardOfTask } from './board-of-task.ts'
import { countsOf, type Deed, type ItemChange } from './checklist.ts'
import { FieldActs } from './recurrence/field-acts.svelte.ts'
import { type NoTask, readComments, type ReadTask, readTask } from './reading.ts'

/** Why a task cannot be changed, in words. */
type Fixed = { archived: string; looking: string; removed: string }
type Around = { undo: Undo; edited: (key: string) => string; fixed: Fixed }

export type TaskWrite = Request & { acts: Act[] }

/** A task that lies open over its board: what was read, brought up to date by the board's facts. */
export class OpenTask {
  readonly id: string
  readonly board: BoardOfTask
  readonly fields = new FieldActs(this)
  none = $state<NoTask | null>(null)
  /** It could not be read when it should have been: to be asked for again. */
  isBehind = $state(false)
  /** Where the comments before those shown go on. */
  earlier = $state<string | null>(null)
  /** Who changed the description and the title last, since it is open. */
  describedBy = $state.raw<{ actor: Actor; at: string } | null>(null)
  titledBy = $state.raw<Actor | null>(null)
  /** How many facts about it were heard: history grows with each. */
  news = $state(0)
  #base = $state.raw<TaskState | null>(null)
  #undo: Undo
  #text: (key: string) => string
  #fixed: Fixed
  #isReading = false
  #isStale = false
  #heard: Envelope[] = []
  #caughtUpWith: TaskCard | null = null

  constructor(board: BoardOfTask, id: string, { undo, edited, fixed }: Around) {
    this.board = board
    this.id = id
    this.#undo = undo
    this.#text = edited
    this.#fixed = fixed
  }

  /** As the server has it. */
  base = $derived.by(() => this.#base)
  state = $derived.by(() => this.#base && overlay(this.#base, this.board.live.acts, taskActs))
  card = $derived.by(() => this.board.card(this.id))
  /** The board's card is the newer one, and has the acts that only the board knows. */
  task = $derived.by((): Task | null => {
    if (!this.state) return null
    return this.card ? { ...this.state.task, ...this.card } : this.state.task
  })
  face = $derived.by((): TaskCard | null => this.task ?? this.card ?? null)
  isRemoved = $derived.by(() => !this.card && this.task !== null)
  whyNot = $derived.by(() => (this.isRemoved ? this.#fixed.removed : this.board.whyNot('task:write', this.#fixed)))
  canWrite = $derived.by(() => this.whyNot === undefined)
  key = $derived.by(() => (this.face ? this.board.keyOf(this.face) : ''))

  show(read: ReadTask | NoTask) {
    this.isBehind = read === 'unreachable'
    if (typeof read === 'string') {
      // What is on the screen stays there while the server is away.
      if (read === 'missing' || !this.#base) this.none = read
      return
    }
    this.none = null
    this.earlier = read.earlier
    this.#base = this.#heard.reduce(applyTaskEvent, read.state)
    this.#heard = []
  }

  /** Reads all of it again, for something may have been missed. */
  async read() {
    this.#isStale = true
    if (this.#isReading) return
    this.#isReading = true
    try {
      while (this.#isStale) {
        this.#isStale = false
        this.#heard = []
        this.show(await readTask(createApi(fetch), this.id))
      }
    } finally {
      this.#isReading = false
    }
  }

  hear(facts: Envelope[]) {
    if (this.#isReading || (!this.#base && !this.none)) this.#heard.push(...facts)
    if (!this.#base) return
    const before = this.#base
    for (const fact of facts) {
      const next = applyTaskEvent(this.#base, fact)
      if (next === this.#base) continue
      this.news++
      if (next.task.title !== this.#base.task.title) this.titledBy = fact.actor
      if (next.task.description !== this.#base.task.description) this.describedBy = fact
      this.#base = next
    }
    if (before !== this.#base && this.none) this.none = null
  }

  /** Reads again if the card knows of changes that were not heard here: once for each of its states. */
  catchUp() {
    const { card } = this
    const base = this.#base
    if (!base || !card || card === this.#caughtUpWith) return
    if (card.version <= base.task.version && card.commentCount <= base.task.commentCount) return
    this.#caughtUpWith = card
    void this.read()
  }

  async readEarlier() {
    if (!this.earlier) return
    const { items, next } = await readComments(createApi(fetch), this.id, this.earlier)
    if (!this.#base) return
    const known = new Set(this.#base.comments.map(({ id }) => id))
    const older = items.filter(({ id }) => !known.has(id))
    this.#base = { ...this.#base, comments: [...older, ...this.#base.comments] }
    this.earlier = next
  }

  write(write: TaskWrite): Promise<Outcome> {
    return this.board.live.write({ ...write, acts: write.acts as BoardAct[] })
  }

  /** To be taken back with Ctrl+Z. */
  did(outcome: Promise<Outcome>, undo: () => void, text = this.#text(this.key)) {
    this.#undo.did({ text, outcome, undo })
  }

  /** Item by item, so that what others do to the list meanwhile stays. What was typed goes with the change of the same place. */
  changeItems({ changes, back }: Deed, typed: Typed[] = []) {
    const outcomes = changes.map((change, i) => this.#changeItem(change, typed[i]))
    this.did(anyDone(outcomes), () => {
      for (const change of back(this.task?.checklistItems ?? [])) void this.#changeItem(change)
    })
  }

  /** Others who write into one of its fields just now. */
  editorsOf(field: string): Present[] {
    return this.board.lookersAt(this.id).filter(({ state }) => state.mode === 'editing' && state.field === field)
  }

  authorOf(actor: Actor | null | undefined): Author | null {
    return actor ? { name: actor.name, isMe: actor.id === this.board.me.id } : null
  }

  watch(userId: string, on: boolean) {
    void this.write({
      method: on ? 'PUT' : 'DELETE',
      path: `/api/tasks/${this.id}/watchers/${userId}`,
      acts: [{ name: 'watchTask', args: { id: this.id, userId, on } }],
    })
  }

  /** A file that was stored: its fact may come later than the answer. */
  attach(attachment: Attachment) {
    const base = this.#base
    if (!base || base.attachments.some(({ id }) => id === attachment.id)) return
    this.#base = { ...base, attachments: [...base.attachments, attachment] }
  }

  detach(attachmentId: string) {
    const attachments = (this.state?.attachments ?? []).filter(({ id }) => id !== attachmentId)
    const changes = { attachments, attachmentCount: attachments.length }
    void this.write({
      method: 'DELETE',
      path: `/api/attachments/${attachmentId}`,
      acts: [{ name: 'updateTask', args: { id: this.id, changes } }],
    })
  }

  /** Out of the way, and with it what lies open. */
  leave(how: 'archive' | 'remove') {
    this.board.acts[how]([this.id])
    this.board.closeTask()
  }

  restore() {
    const { task } = this
    if (!task) return
    void this.write({
      method: 'PUT',
      path: `/api/tasks/${this.id}/restored`,
      acts: [{ name: 'updateTask', args: { id: this.id, changes: { archivedAt: null, deletedAt: null } } }],
    })
  }

  #changeItem({ itemId, wish }: ItemChange, typed?: Typed): Promise<Outcome> {
    const { id } = this
    const { scope } = this.fields.scoped
    const path = `/api/tasks/${id}/checklist/${itemId}`
    const counts = countsOf(this.task?.checklistItems ?? [], { itemId, wish })
    const acts = [{ name: 'changeItem', args: { id, itemId, wish, counts } }]
    return wish
      ? this.write({ method: 'PUT', path, body: { ...wish, scope }, acts, typed: typed && [typed] })
      : this.write({ method: 'DELETE', path: scope ? `${path}?scope=${scope}` : path, acts })
  }
}

/** One that was done can be taken back, whatever became of the others. */
async function anyDone(outcomes: Promise<Outcome>[]): Promise<Outcome> {
  const all = await Promise.all(outcomes)
  return all.find(({ kind }) => kind === 'done') ?? all[0]!
}
