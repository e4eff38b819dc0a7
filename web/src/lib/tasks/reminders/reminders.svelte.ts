import type { Reminder, ReminderKind } from '@taskflow/shared/dto/reminder.ts'
import { createApi } from '#lib/api.ts'
import type { OpenTask } from '../open-task.svelte.ts'

interface Wanted {
  kind: ReminderKind
  at?: string
}

export const MOST_REMINDERS = 10

/** The person's own reminders of the open task. Nobody else sees them, so no fact tells of them. */
export class OwnReminders {
  list = $state.raw<Reminder[]>([])
  isKnown = $state(false)
  #open: OpenTask
  #writing = 0

  constructor(open: OpenTask) {
    this.#open = open
  }

  async read(): Promise<void> {
    const { items } = await createApi(fetch)
      .get<{ items: Reminder[] }>(this.#path)
      .catch(() => ({ items: null }))
    if (items && this.#writing === 0) this.#show(items)
  }

  has(kind: ReminderKind): boolean {
    return this.list.some((one) => one.kind === kind)
  }

  toggle(kind: ReminderKind): void {
    this.#want(this.has(kind) ? this.list.filter((one) => one.kind !== kind) : [...this.list, this.#made(kind, null)])
  }

  /** At a moment of one's own. */
  add(at: string): void {
    if (!this.list.some((one) => one.kind === 'custom' && one.at === at)) {
      this.#want([...this.list, this.#made('custom', at)])
    }
  }

  remove(reminder: Reminder): void {
    this.#want(this.list.filter((one) => one !== reminder))
  }

  #want(list: Reminder[]): void {
    const before = this.list
    this.#open.did(this.#send(list), () => void this.#send(before))
  }

  async #send(list: Reminder[]) {
    const before = this.list
    this.list = list
    this.#writing++
    const outcome = await this.#open.write({
      ...(list.length > 0
        ? { method: 'PUT' as const, body: { reminders: list.map(wantedOf) } }
        : { method: 'DELETE' as const }),
      path: this.#path,
      acts: [],
    })
    this.#writing--
    if (outcome.kind === 'refused') this.list = before
    else if (this.#writing === 0 && list.length > 0) this.#show((outcome.body as { items: Reminder[] }).items)
    return outcome
  }

  #show(items: Reminder[]) {
    this.list = items
    this.isKnown = true
  }

  #made(kind: ReminderKind, at: string | null): Reminder {
    return { id: `${kind} ${at}`, taskId: this.#open.id, kind, at, firedAt: null }
  }

  get #path() {
    return `/api/tasks/${this.#open.id}/reminders`
  }
}

const wantedOf = ({ kind, at }: Reminder): Wanted => (kind === 'custom' && at ? { kind, at } : { kind })
