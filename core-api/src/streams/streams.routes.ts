import { createRoute, z } from '@hono/zod-openapi'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { notFound, problem } from '../http/answers.ts'
import { type Actor, authenticate } from '../http/authenticate.ts'
import { createRouter } from '../http/validate.ts'
import { factsFor, positionOf } from './catching-up.ts'
import { getStreamFor } from './streams.access.ts'
import { ticketFor } from './tickets.ts'

const WAIT_LIMIT_S = 25
const PAGE_LIMIT = 1000
/** Nothing is no position: taken for 0, it would be answered with the whole history. */
const numberLike = (pattern: RegExp) => z.string().regex(pattern, 'must be a number').transform(Number)
const WholeNumber = numberLike(/^\d{1,15}$/)
const StreamId = z.string().openapi({ example: 'b:019a9d1e-5f00-7000-8000-000000000001' })

const eventsRoute = createRoute({
  method: 'get',
  path: '/api/streams/{id}/events',
  tags: ['Streams'],
  summary: 'The facts of a stream after a position',
  request: {
    params: z.object({ id: StreamId }),
    query: z.object({
      epoch: z.string().max(64),
      after: WholeNumber.openapi({ type: 'integer', param: { name: 'after', in: 'query', required: true } }),
      limit: WholeNumber.pipe(z.int().min(1))
        .default(500)
        .transform((limit) => Math.min(limit, PAGE_LIMIT))
        .openapi({
          type: 'integer',
          description: `How many facts at most; more than ${PAGE_LIMIT} never are, and fewer where they are large: ask on until \`head\`.`,
        }),
      wait: numberLike(/^\d{1,9}(\.\d{1,9})?$/)
        .pipe(z.number().max(WAIT_LIMIT_S))
        .default(0)
        .openapi({
          type: 'number',
          description: 'How many seconds the call is held until there is something: the fallback for a socket.',
        }),
    }),
  },
  responses: {
    200: {
      description: 'The facts, oldest first; `head` is the newest position.',
      content: {
        'application/json': {
          schema: z.object({ epoch: z.string(), head: z.int(), events: z.array(z.record(z.string(), z.unknown())) }),
        },
      },
    },
    400: problem('A part of the question is missing or wrong; each is named.'),
    410: problem('`streams.gone`: the position is not known any more; take the snapshot again.'),
    ...notFound,
  },
})

const ticketRoute = createRoute({
  method: 'get',
  path: '/api/streams/{id}/ticket',
  tags: ['Streams'],
  summary: 'A ticket to hear a stream over the socket',
  request: { params: z.object({ id: StreamId }) },
  responses: {
    200: {
      description: 'The ticket, and where the stream stands.',
      content: {
        'application/json': {
          schema: z.object({ id: z.string(), epoch: z.string(), seq: z.int(), ticket: z.string() }),
        },
      },
    },
    ...notFound,
  },
})

export function streamsRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(eventsRoute, async (c) => {
    const { id } = c.req.valid('param')
    const { wait, ...position } = c.req.valid('query')
    const look = (actor: Actor) =>
      read(deps, actor, async (ctx) => factsFor(ctx, await getStreamFor(ctx, id), position))
    let facts = await look(c.get('actor'))
    if (facts.empty && wait > 0) {
      const signal = AbortSignal.any([c.req.raw.signal, deps.stopping])
      await deps.relay.movedBeyond(id, position.after, wait * 1000, signal)
      // While the call was held, the session may have ended.
      facts = await look(await authenticate(c, deps.authenticators))
    }
    return c.body(facts.text, 200, { 'Content-Type': 'application/json' }) as never
  })

  router.openapi(ticketRoute, async (c) => {
    const { id } = c.req.valid('param')
    return read(deps, c.get('actor'), async (ctx) => {
      const stream = await getStreamFor(ctx, id)
      const { epoch, seq } = await positionOf(ctx, stream)
      return c.json({ id: stream, epoch, seq, ticket: ticketFor(ctx, stream, seq) }, 200)
    })
  })

  return router
}
