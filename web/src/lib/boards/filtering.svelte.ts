import type { TaskCard } from '@taskflow/shared/dto/task.ts'
import { type Filter, isFiltering, matcherOf, NO_FILTER } from './filter.ts'

interface Looker {
  userId: string
  zone: string | undefined
  today: string
  iso: string
  key: string
  isDone(taskId: string): boolean
}

/** The filter of a board as the address has it, and at once as somebody types. */
export class Filtering {
  now: Filter = $state.raw(NO_FILTER)
  isOn = $derived(isFiltering(this.now))
  #looker: () => Looker

  constructor(looker: () => Looker) {
    this.#looker = looker
  }

  matches = $derived.by<((card: TaskCard) => boolean) | undefined>(() => {
    if (!this.isOn) return undefined
    const { userId, zone, today, iso, ...known } = this.#looker()
    return matcherOf(this.now, { userId, zone, today, now: iso, ...known })
  })
}
