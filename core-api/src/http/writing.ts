import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type Answer, write, type WriteCtx, type WriteOptions } from '../context.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv } from './app-env.ts'
import { idempotentRequest } from './idempotency.ts'
import { namedPositions } from './stream-positions.ts'

/** Answers a request that changes something: 201 for `created`, 200 with a body, 204 without. */
export async function change(
  c: Context<AppEnv>,
  deps: Deps,
  act: (ctx: WriteCtx) => Promise<unknown>,
  options: Partial<WriteOptions> & { status?: number } = {},
): Promise<Response> {
  const { status, ...rest } = options
  const written = await write(
    deps,
    { actor: c.get('actor'), request: idempotentRequest(c), trace: c.req.header('traceparent'), ...rest },
    async (ctx): Promise<Answer> => {
      const body = await act(ctx)
      return { status: body === undefined ? 204 : (status ?? 200), body }
    },
  )
  const position = namedPositions(written.position, c.get('actor').id)
  if (position) c.header('Stream-Position', position)
  if (written.replayed) c.header('Idempotent-Replayed', 'true')
  if (written.body === null) return c.body(null, 204)
  return c.body(written.body, written.status as ContentfulStatusCode, { 'Content-Type': 'application/json' })
}
