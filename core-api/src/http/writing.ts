import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type Answer, write, type WriteCtx, type WriteOptions, type Written } from '../context.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv } from './app-env.ts'
import { idempotentRequest } from './idempotency.ts'

const TRACE = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/

/** Answers a request that changes something: 201 for `created`, 200 with a body, 204 without. */
export async function change(
  c: Context<AppEnv>,
  deps: Deps,
  act: (ctx: WriteCtx) => Promise<unknown>,
  options: Partial<WriteOptions> & { status?: number } = {},
): Promise<Response> {
  const { status, ...rest } = options
  const written = await write(deps, { ...writeOptions(c), ...rest }, async (ctx): Promise<Answer> => {
    const body = await act(ctx)
    return { status: body === undefined ? 204 : (status ?? 200), body }
  })
  return answerWritten(c, written)
}

/** Who asks for a change, by which key it may be repeated, and the trace that it belongs to. */
export function writeOptions(c: Context<AppEnv>): WriteOptions {
  const trace = c.req.header('traceparent')
  const isTrace = trace !== undefined && TRACE.test(trace)
  return { actor: c.get('actor'), request: idempotentRequest(c), trace: isTrace ? trace : undefined }
}

export function answerWritten(c: Context<AppEnv>, { status, body, position, replayed }: Written): Response {
  if (position) c.header('Stream-Position', position)
  if (replayed) c.header('Idempotent-Replayed', 'true')
  if (body === null) return c.body(null, 204)
  return c.body(body, status as ContentfulStatusCode, { 'Content-Type': 'application/json' })
}
