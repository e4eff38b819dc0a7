import { z } from 'zod'

/** Written in small letters everywhere: it names streams, and is compared as text. */
export const Id = z.uuid().toLowerCase()

export const UserRef = z.object({ id: Id, name: z.string(), image: z.string().nullable() })
export type UserRef = z.infer<typeof UserRef>

export const User = UserRef.extend({
  email: z.string(),
  emailVerified: z.boolean(),
  timeZone: z.string().nullable(),
  locale: z.string().nullable(),
})
export type User = z.infer<typeof User>
