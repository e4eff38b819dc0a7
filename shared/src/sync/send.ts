import { retryAfterMs } from './backoff.ts'
import type { Edges } from './edges.ts'
import { ask, toProblem } from './http.ts'
import type { Outcome, Write } from './write.ts'

export type Attempt = Outcome | { kind: 'later'; afterMs: number | undefined } | { kind: 'signed out' }

const TRY_LATER = new Set([0, 408, 425, 429, 502, 503, 504])
/** Nothing was written, and nothing is wrong with the write. */
const COLLISIONS = new Set(['idempotency.in_progress', 'request.collided'])

export async function send(edges: Pick<Edges, 'fetch' | 'clock'>, write: Write): Promise<Attempt> {
  const headers = { accept: 'application/json', ...write.headers, 'idempotency-key': write.key }
  const body = write.body === undefined ? {} : { body: JSON.stringify(write.body) }
  if (body.body) Object.assign(headers, { 'content-type': 'application/json' })
  try {
    const answer = await ask(edges, write.path, { method: write.method, headers, ...body })
    const { status } = answer
    if (status >= 200 && status < 300)
      return { kind: 'done', body: answer.body, positions: positionsOf(answer.headers) }
    if (status === 401) return { kind: 'signed out' }
    const problem = toProblem(status, answer.body)
    const isLater = TRY_LATER.has(status) || (status === 409 && COLLISIONS.has(problem.code))
    if (!isLater) return { kind: 'refused', problem }
    return { kind: 'later', afterMs: retryAfterMs(answer.headers.get('retry-after'), edges.clock.now()) }
  } catch {
    return { kind: 'later', afterMs: undefined }
  }
}

/** `Stream-Position: b:<id>=<seq>, u:<id>=<seq>` */
function positionsOf(headers: Headers): Record<string, number> {
  const pairs = (headers.get('stream-position') ?? '').split(',').map((pair) => pair.trim().split('='))
  return Object.fromEntries(pairs.flatMap(([id, seq]) => (id && seq ? [[id, Number(seq)]] : [])))
}
