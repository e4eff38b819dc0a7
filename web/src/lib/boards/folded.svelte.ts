import { browser } from '$app/env'
import { readChoice, rememberChoice } from '#lib/ui/theme.ts'
import { FOLDED_COOKIE, readFolded, shortOf, withToggled } from './folding.ts'

/** Columns that this person has folded away on this device. */
export class Folded {
  #columns = $state.raw<readonly string[]>([])

  /** The server hands over what the cookie said; a page that has been open for longer knows better itself. */
  constructor(cookie: string | undefined) {
    this.#columns = readFolded(browser ? readChoice(FOLDED_COOKIE) : cookie)
  }

  has(id: string): boolean {
    return this.#columns.includes(shortOf(id))
  }

  toggle(id: string) {
    this.#columns = withToggled(this.#columns, id)
    // Another tab may have folded something else meanwhile.
    const kept = readFolded(readChoice(FOLDED_COOKIE))
    if (kept.includes(shortOf(id)) !== this.has(id)) rememberChoice(FOLDED_COOKIE, withToggled(kept, id).join('.'))
  }
}
