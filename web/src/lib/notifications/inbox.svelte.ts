import type { InboxPage, InboxState, Notification } from '@taskflow/shared/dto/notification.ts'
import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import { applyInboxEvent } from '@taskflow/shared/inbox/apply-event.ts'
import type { Request } from '@taskflow/shared/sync/write.ts'
import type { Live } from '#lib/live/live.svelte.ts'
import type { Heard } from './heard.ts'
import { select, type Selection } from './selecting.ts'

type Act = Pick<Envelope, 'type' | 'data'>

/** The fact comes with the answer or just after it; until then the act stays on the screen. */
const LINGERS_MS = 1_500

/** One's notifications on the screen: pages that were read, the facts since then, and one's own acts over both. */
export class Inbox {
  next = $state<string | null>(null)
  #selection = $state.raw<Selection>({ filter: 'inbox', workspaceId: null })
  #base = $state.raw<InboxState>({ items: [], unread: 0 })
  #acts = $state.raw<Act[]>([])
  #kept = $state.raw<ReadonlySet<string>>(new Set())
  #engine: Live
  #heard: Heard

  constructor(engine: Live, heard: Heard) {
    this.#engine = engine
    this.#heard = heard
  }

  state = $derived.by(() => this.#acts.reduce((state, act) => applyInboxEvent(state, act as Envelope), this.#base))
  rows = $derived.by(() => select(this.state.items, this.#selection, this.#kept))

  row(id: string | null): Notification | undefined {
    return this.state.items.find((row) => row.id === id)
  }

  /** The first page of a filter. */
  show(selection: Selection, page: InboxPage) {
    const { filter, workspaceId } = this.#selection
    if (filter !== selection.filter || workspaceId !== selection.workspaceId) this.#kept = new Set()
    this.#selection = selection
    this.take(page)
  }

  take(page: InboxPage) {
    this.#base = this.#heard.merge(this.#base, page)
    this.next = page.next
  }

  hear(facts: Envelope[]) {
    this.#base = facts.reduce(applyInboxEvent, this.#base)
    for (const fact of facts) {
      const own = this.#acts.find((act) => isSame(act, fact))
      if (own) this.#acts = this.#acts.filter((act) => act !== own)
    }
  }

  read(ids: string[], isRead = true) {
    const unread =
      this.state.unread + (isRead ? -1 : 1) * this.#countOf(ids, ({ readAt }) => Boolean(readAt) !== isRead)
    this.#keep(ids)
    const readAt = isRead ? new Date().toISOString() : null
    return this.#each(ids, isRead ? 'PUT' : 'DELETE', 'read', {
      type: 'notification.read',
      data: { ids, readAt, unread: Math.max(0, unread) },
    })
  }

  archive(ids: string[], isArchived = true) {
    const sign = isArchived ? -1 : 1
    const unread =
      this.state.unread + sign * this.#countOf(ids, (row) => !row.readAt && Boolean(row.archivedAt) !== isArchived)
    const archivedAt = isArchived ? new Date().toISOString() : null
    return this.#each(ids, isArchived ? 'PUT' : 'DELETE', 'archived', {
      type: 'notification.archived',
      data: { ids, archivedAt, unread: Math.max(0, unread) },
    })
  }

  /** Null wakes it up. */
  snooze(ids: string[], until: string | null) {
    const unread = this.state.unread + (until ? -1 : 1) * this.#countOf(ids, ({ readAt }) => !readAt)
    const act = { type: 'notification.snoozed', data: { ids, snoozedUntil: until, unread: Math.max(0, unread) } }
    return this.#each(ids, until ? 'PUT' : 'DELETE', 'snoozed', act, until ? { until } : undefined)
  }

  readAll() {
    this.#keep(this.rows.map(({ id }) => id))
    const data = { ids: 'all', readAt: new Date().toISOString(), unread: 0 }
    return this.#write(
      { method: 'POST', path: '/api/notifications/read', body: { ids: 'all' } },
      { type: 'notification.read', data },
    )
  }

  archiveAll() {
    const data = { ids: 'all', archivedAt: new Date().toISOString(), unread: 0 }
    return this.#write(
      { method: 'POST', path: '/api/notifications/archive', body: { ids: 'all' } },
      { type: 'notification.archived', data },
    )
  }

  #each(ids: string[], method: 'PUT' | 'DELETE', what: string, act: Act, body?: object) {
    const [first, ...others] = ids.map((id) => ({
      method,
      path: `/api/notifications/${id}/${what}`,
      ...(body && { body }),
    }))
    for (const other of others) void this.#engine.user.write(other)
    return this.#write(first!, act)
  }

  async #write(request: Request, act: Act) {
    this.#acts = [...this.#acts, act]
    const outcome = await this.#engine.user.write(request)
    const drop = () => (this.#acts = this.#acts.filter((one) => one !== act))
    if (outcome.kind === 'refused') drop()
    else setTimeout(drop, LINGERS_MS)
    return outcome
  }

  #keep(ids: string[]) {
    this.#kept = new Set([...this.#kept, ...ids])
  }

  #countOf(ids: string[], isMeant: (row: Notification) => boolean): number {
    return this.state.items.filter((row) => ids.includes(row.id) && isMeant(row)).length
  }
}

const isSame = (act: Act, fact: Act) => act.type === fact.type && idsOf(act) === idsOf(fact)
const idsOf = ({ data }: Act) => String((data as { ids?: string[] | 'all' }).ids)
