import { z } from '@hono/zod-openapi'
import type { Page } from '@taskflow/shared/dto/page.ts'

/** A list's page: where the last one ended, and how many more. */
export const pageQuery = <T extends z.ZodType>(cursor: T) =>
  z.object({ cursor: cursor.optional(), limit: z.coerce.number().int().min(1).max(200).default(50) })

/** The cursor of a list that is ordered by several values: they travel as one opaque word. */
export const cursorOf = <T extends z.ZodType>(values: T) =>
  z
    .string()
    .max(500)
    .transform((text, issues): z.output<T> => {
      const parsed = values.safeParse(decode(text))
      if (parsed.success) return parsed.data
      issues.addIssue({ code: 'custom', message: 'is not a cursor of this list' })
      return z.NEVER
    })

/** A page from one row more than was asked for; `key` is what the list is ordered by, and the cursor. */
export function pageBy<T>(rows: T[], limit: number, key: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? key(items.at(-1)!) : null }
}

export const pageById = <T extends { id: string }>(rows: T[], limit: number) => pageBy(rows, limit, ({ id }) => id)

/** The same of a list that is ordered by several values. */
export const toPage = <T>(rows: T[], limit: number, ordered: (row: T) => unknown[]) =>
  pageBy(rows, limit, (row) => encode(ordered(row)))

const encode = (values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url')

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return null
  }
}
