import { isDeepStrictEqual } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { z } from '@hono/zod-openapi'
import { Problem } from '@taskflow/shared/dto/problem.ts'
import type { App } from '../app.ts'

interface Declared {
  method: string
  path: RegExp
  answers: Map<number, z.ZodType | undefined>
}

const NEVER_LEAVES = /"(password|passwordHash|password_hash|tokenHash|token_hash|hash|accessToken|refreshToken)":/

/** Serves the application; an answer that its route does not declare, or with more in it than declared, becomes a 500. */
export function checkingAnswers(app: App): App['fetch'] {
  const declared = declaredRoutes(app)
  return async (request, ...rest) => {
    const answer = await app.fetch(request, ...rest)
    const fault = await findFault(declared, request, answer)
    if (!fault) return answer
    const detail = `${request.method} ${new URL(request.url).pathname} → ${answer.status}: ${fault}`
    return Response.json({ code: 'testing.undeclared_answer', detail }, { status: 500 })
  }
}

function declaredRoutes(app: App): Declared[] {
  return app.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route') return []
    const { method, path, responses } = definition.route
    const answers = Object.entries(responses).map(([status, { content }]: [string, any]) => {
      return [Number(status), content?.['application/json']?.schema as z.ZodType | undefined] as const
    })
    return [{ method: method.toUpperCase(), path: toPattern(path), answers: new Map(answers) }]
  })
}

const toPattern = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)

async function findFault(declared: Declared[], request: Request, answer: Response): Promise<string | undefined> {
  const type = answer.headers.get('content-type') ?? ''
  if (!/^application\/(problem\+)?json/.test(type)) return undefined
  const text = await textOf(answer.clone())
  if (NEVER_LEAVES.test(text)) return `it tells a secret: ${NEVER_LEAVES.exec(text)![0]}`
  const { pathname } = new URL(request.url)
  const route = declared.find(({ method, path }) => method === request.method && path.test(pathname))
  if (!route) return undefined
  if (answer.status >= 400) return differs(z.looseObject(Problem.shape), text)
  if (!route.answers.has(answer.status)) return 'this status is not declared'
  const schema = route.answers.get(answer.status)
  return schema ? differs(schema, text) : 'no body is declared'
}

async function textOf(answer: Response): Promise<string> {
  if (answer.headers.get('content-encoding') !== 'gzip') return answer.text()
  return gunzipSync(await answer.arrayBuffer()).toString()
}

/** What the schema does not know is missing from what it parses. */
function differs(schema: z.ZodType, text: string): string | undefined {
  const json: unknown = JSON.parse(text)
  const parsed = schema.safeParse(json)
  if (!parsed.success) return z.prettifyError(parsed.error)
  return isDeepStrictEqual(parsed.data, json) ? undefined : `more than declared: ${text.slice(0, 500)}`
}
