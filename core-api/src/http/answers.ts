import { z } from '@hono/zod-openapi'
import { Problem } from '@taskflow/shared/dto/problem.ts'
import { Id } from '@taskflow/shared/dto/user.ts'

/** The parts that most route descriptions share. */
export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

export const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
})

export const body = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})

export const idParam = z.object({ id: Id })
export const idOf = (c: { req: { valid(from: 'param'): { id: string } } }) => c.req.valid('param').id

export const notFound = { 404: problem('There is no such thing, or you may not see it.') }
export const refused = {
  ...notFound,
  400: problem('A field is wrong; each is named.'),
  403: problem('Your role does not allow this.'),
}
