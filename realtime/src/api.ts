import { AUDIENCE_INTERNAL } from '@taskflow/shared/names.ts'
import { SignJWT } from 'jose'
import { z } from 'zod'
import type { Config } from './config.ts'
import { type Fact, toFact } from './fact.ts'

const PATIENCE_MS = 4_000
const KEY_LIFE_S = 60

const Page = z.object({ epoch: z.string(), head: z.int().nonnegative(), events: z.array(z.unknown()) })
const Heads = z.object({ heads: z.record(z.string(), z.object({ epoch: z.string(), seq: z.int().nonnegative() })) })
const SessionIds = z.union([z.array(z.string()), z.literal('all')])
const Revocations = z.object({
  revocations: z.array(z.object({ stream: z.string(), userId: z.string(), acl: z.int() })),
  sessions: z.array(z.object({ userId: z.string(), sessionIds: SessionIds, at: z.union([z.string(), z.number()]) })),
})

export type Revocations = z.infer<typeof Revocations>
export type Heads = z.infer<typeof Heads>['heads']
export type Page = { epoch: string; head: number; facts: Fact[] }
export type Api = ReturnType<typeof createApi>

/** The position is not known any more. */
export class Gone extends Error {}
class Unavailable extends Error {}

/** core-api's inner door: only for this service, and never routed by the gateway. */
export function createApi({ apiUrl, internalSecret }: Pick<Config, 'apiUrl' | 'internalSecret'>) {
  const secret = new TextEncoder().encode(internalSecret)
  let key = { text: '', goodUntil: 0 }
  let calls = 0

  async function authorization(): Promise<string> {
    if (key.goodUntil < Date.now()) {
      const claims = new SignJWT().setProtectedHeader({ alg: 'HS256' }).setAudience(AUDIENCE_INTERNAL).setIssuedAt()
      const text = await claims.setExpirationTime(`${KEY_LIFE_S}s`).sign(secret)
      key = { text, goodUntil: Date.now() + (KEY_LIFE_S * 1000) / 2 }
    }
    return `Bearer ${key.text}`
  }

  async function call(path: string, init: RequestInit = {}): Promise<unknown> {
    calls++
    const headers = { authorization: await authorization(), 'content-type': 'application/json' }
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const answer = await fetch(`${apiUrl}/internal${path}`, { ...init, headers, signal }).catch((cause: unknown) => {
      throw new Unavailable('core-api does not answer', { cause })
    })
    if (answer.ok) return answer.json()
    await answer.body?.cancel()
    if (answer.status === 410) throw new Gone(`core-api answered 410 to ${path}`)
    throw new Unavailable(`core-api answered ${answer.status} to ${path}`)
  }

  return {
    countCalls: () => calls,

    async factsAfter(stream: string, epoch: string, after: number, limit: number): Promise<Page> {
      const query = new URLSearchParams({ epoch, after: String(after), limit: String(limit) })
      const page = Page.parse(await call(`/streams/${encodeURIComponent(stream)}/events?${query}`))
      const facts = page.events.map((event) => toFact(event))
      if (facts.some((fact, i) => fact?.stream !== stream || fact.seq !== after + 1 + i)) {
        throw new Unavailable(`core-api answered facts of ${stream} that are not contiguous`)
      }
      return { epoch: page.epoch, head: page.head, facts: facts as Fact[] }
    },

    async heads(streams: string[]): Promise<Heads> {
      return Heads.parse(await call('/heads', { method: 'POST', body: JSON.stringify({ streams }) })).heads
    },

    async revocations(): Promise<Revocations> {
      return Revocations.parse(await call('/revocations'))
    },
  }
}
