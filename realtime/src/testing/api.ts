import { AUDIENCE_API, AUDIENCE_INTERNAL, AUDIENCE_STREAM } from '@taskflow/shared/names.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair, jwtVerify, type JWTPayload, SignJWT } from 'jose'

export const INTERNAL_SECRET = 'a secret between two services, for tests'
export const PUBLIC_URL = 'http://taskflow.test'

export type TestApi = Awaited<ReturnType<typeof startTestApi>>

interface History {
  epoch: string
  facts: { seq: number; text: string }[]
  trimmedBefore: number
}

/** Plays core-api on the real wire: its public keys, and its inner door with histories that a test writes. */
export async function startTestApi() {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA', use: 'sig' }
  const histories = new Map<string, History>()
  const state = {
    down: false,
    /** What is answered when down; 404 is what core-api says to a key that it does not accept. */
    downAs: 503,
    calls: [] as string[],
    revocations: [] as { stream: string; userId: string; acl: number; at: string }[],
    sessions: [] as { userId: string; sessionIds: string[] | 'all'; at: string }[],
    beforeAnswer: async () => {},
  }

  const historyOf = (stream: string): History => {
    const history = histories.get(stream) ?? { epoch: 'e1', facts: [], trimmedBefore: 1 }
    histories.set(stream, history)
    return history
  }

  const sign = (claims: JWTPayload, life: number) => {
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT({ iat: now, exp: now + life, ...claims })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'test', typ: 'JWT' })
      .sign(privateKey)
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url!, 'http://api')
    const say = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (state.down) return say(state.downAs, {})
    if (url.pathname === '/api/auth/jwks') return say(200, { keys: [jwk] })
    const bearer = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
    const secret = new TextEncoder().encode(INTERNAL_SECRET)
    await jwtVerify(bearer, secret, { audience: AUDIENCE_INTERNAL, algorithms: ['HS256'] })
    const body = await text(request)
    state.calls.push(`${request.method} ${url.pathname}`)
    await state.beforeAnswer()
    if (url.pathname === '/internal/revocations') return say(200, state)
    if (url.pathname === '/internal/heads') {
      const { streams } = JSON.parse(body) as { streams: string[] }
      return say(200, { heads: Object.fromEntries(streams.map((id) => [id, headOf(id)])) })
    }
    const stream = decodeURIComponent(/^\/internal\/streams\/(.+)\/events$/.exec(url.pathname)![1]!)
    const [epoch, after, limit] = ['epoch', 'after', 'limit'].map((name) => url.searchParams.get(name))
    const { facts, trimmedBefore, ...history } = historyOf(stream)
    const isGone = epoch !== history.epoch || Number(after) > facts.length || Number(after) + 1 < trimmedBefore
    if (isGone) return say(410, { code: 'streams.gone' })
    const events = facts.slice(Number(after), Number(after) + Number(limit)).map((fact) => JSON.parse(fact.text))
    say(200, { epoch, head: facts.length, events })
  }

  const headOf = (stream: string) => ({ epoch: historyOf(stream).epoch, seq: historyOf(stream).facts.length })

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(401).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    privateKey,
    state,
    historyOf,
    headOf,
    countCalls: (part: string) => state.calls.filter((call) => call.includes(part)).length,

    token: (userId: string, claims: JWTPayload = {}) =>
      sign({ sub: userId, sid: `s-${userId}`, name: userId, iss: PUBLIC_URL, aud: AUDIENCE_API, ...claims }, 600),
    ticket: (userId: string, stream: string, claims: JWTPayload = {}) =>
      sign({ sub: userId, stream, acl: headOf(stream).seq, aud: AUDIENCE_STREAM, ...claims }, 600),

    /** Writes the next fact into the history; answers the text that is to be published. */
    commit(stream: string, type = 'task.updated', data: object = { id: newId() }): string {
      const { epoch, facts } = historyOf(stream)
      const seq = facts.length + 1
      const actor = { kind: 'user', id: newId(), name: 'Ada' }
      const envelope = { stream, epoch, seq, txn: newId(), at: new Date().toISOString(), type, actor, data }
      facts.push({ seq, text: JSON.stringify(envelope) })
      return facts.at(-1)!.text
    },

    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
