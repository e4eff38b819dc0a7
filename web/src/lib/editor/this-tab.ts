import { newId } from '@taskflow/shared/ids.ts'
import type { Store } from '#lib/device.ts'

const PLACE = 'tab'
const LOCK = 'tab:'

export interface Tab {
  readonly id: string
  /** Null where the browser does not tell. */
  listLiving(): Promise<Set<string> | null>
}

/** Which tab of this device it is: the same one after a reload, another one in a copy of it. */
export class ThisTab implements Tab {
  readonly id: string
  #session: Pick<Store, 'getItem' | 'setItem' | 'removeItem'> | null

  /** The id lies in the session only between two pages: whoever copies a tab that is open finds none. */
  constructor(session: Pick<Store, 'getItem' | 'setItem' | 'removeItem'> | null) {
    this.#session = session
    this.id = session?.getItem(PLACE) ?? newId()
    this.#take()
  }

  /** To be called once, in the browser; what it answers ends it. */
  start(): () => void {
    let letGo = () => {}
    const held = new Promise<void>((resolve) => (letGo = resolve))
    // Held for as long as the page lives, however it ends. Only on https and localhost.
    void navigator.locks?.request(LOCK + this.id, () => held)
    const take = () => this.#take()
    const handOver = () => this.handOver()
    window.addEventListener('pageshow', take)
    window.addEventListener('pagehide', handOver)
    return () => {
      handOver()
      letGo()
      window.removeEventListener('pageshow', take)
      window.removeEventListener('pagehide', handOver)
    }
  }

  /** To the next page of this tab. */
  handOver() {
    try {
      this.#session?.setItem(PLACE, this.id)
    } catch {
      // No room is left: the next page is a tab of its own.
    }
  }

  async listLiving(): Promise<Set<string> | null> {
    if (!navigator.locks) return null
    const { held = [], pending = [] } = await navigator.locks.query()
    return new Set([...held, ...pending].map(({ name }) => name!.slice(LOCK.length)))
  }

  #take() {
    this.#session?.removeItem(PLACE)
  }
}
