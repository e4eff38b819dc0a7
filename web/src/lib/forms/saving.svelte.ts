import type { NewWrite } from '@taskflow/shared/sync/view.ts'
import type { Outcome } from '@taskflow/shared/sync/write.ts'
import { messages } from '#lib/messages/current.ts'

type Write = (write: NewWrite) => Promise<Outcome>

/** One form's way to the server: what is under way, and what was refused by field. */
export class Saving {
  isBusy = $state(false)
  faults = $state.raw<Record<string, string>>({})
  #m = messages()
  #write: Write

  constructor(write: Write) {
    this.#write = write
  }

  /** The answer's body; null if it was refused, which has been said by then. */
  async send<T = unknown>(write: NewWrite): Promise<T | null> {
    this.isBusy = true
    this.faults = {}
    const outcome = await this.#write(write).finally(() => (this.isBusy = false))
    if (outcome.kind === 'done') return (outcome.body ?? {}) as T
    const { errors = [] } = outcome.problem
    this.faults = Object.fromEntries(errors.map(({ path }) => [path, this.#m.refused.text]))
    return null
  }
}
