import type { Edges } from './edges.ts'
import { get } from './http.ts'
import { lifeOf } from './jwt-life.ts'

const USED_PART = 0.8

/** The short token that opens the socket, kept for most of its life: coming back costs the API nothing. */
export class Token {
  #net: Pick<Edges, 'fetch' | 'clock'>
  #kept: { value: string; until: number } | null = null

  constructor(net: Pick<Edges, 'fetch' | 'clock'>) {
    this.#net = net
  }

  async get(): Promise<string> {
    const now = this.#net.clock.now()
    if (this.#kept && this.#kept.until > now) return this.#kept.value
    const { token } = await get<{ token: string }>(this.#net, '/api/auth/token')
    this.#kept = { value: token, until: now + lifeOf(token, now) * USED_PART }
    return token
  }

  forget() {
    this.#kept = null
  }
}
