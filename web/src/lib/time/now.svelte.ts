import type { Locale } from '#lib/messages/locale.ts'
import { dayIn } from './zones.ts'

const TICK_MS = 30_000

/** The time as a screen shows it: moves on twice a minute. */
export class Now {
  readonly locale: Locale
  #zoneOf: () => string | null
  /** Where the person is, as far as that is known. */
  zone = $derived.by(() => this.#zoneOf() ?? undefined)
  ms = $state(Date.now())
  iso = $derived(new Date(this.ms).toISOString())
  today = $derived.by(() => dayIn(this.zone, this.ms))
  /** What words about dates need to know. */
  moment = $derived.by(() => ({ zone: this.zone, today: this.today, iso: this.iso, locale: this.locale }))

  constructor(zoneOf: () => string | null, locale: Locale) {
    this.#zoneOf = zoneOf
    this.locale = locale
  }

  /** To be called in the browser; what it answers stops it. */
  start(): () => void {
    const timer = setInterval(() => (this.ms = Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }
}
