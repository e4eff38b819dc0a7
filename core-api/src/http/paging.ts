import { z } from '@hono/zod-openapi'

/** A list's page: where the last one ended, and how many more. */
export const pageQuery = <T extends z.ZodType>(cursor: T) =>
  z.object({ cursor: cursor.optional(), limit: z.coerce.number().int().min(1).max(200).default(50) })
