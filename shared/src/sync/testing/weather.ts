import type { FakeClock } from './fake-clock.ts'

export type CallFate = 'lost' | 'answer lost' | 'hangs' | 'busy' | 'soon' | 'html' | 'slow'
export type FactsFate = 'dropped' | 'twice' | 'late'

/** What the network does to one client. */
export class Weather {
  isOffline = false
  isSocketBlocked = false
  calls: CallFate[] = []
  facts: FactsFate[] = []
  #clock: FakeClock

  constructor(clock: FakeClock) {
    this.#clock = clock
  }

  latencyMs() {
    return 1 + Math.floor(this.#clock.random() * 40)
  }

  clear() {
    this.isOffline = this.isSocketBlocked = false
    this.calls = []
    this.facts = []
  }
}
