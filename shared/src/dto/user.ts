import { z } from 'zod'

export const Id = z.uuid()

export const UserRef = z.object({ id: Id, name: z.string(), image: z.string().nullable() })
export type UserRef = z.infer<typeof UserRef>

export const User = UserRef.extend({
  email: z.string(),
  emailVerified: z.boolean(),
  timeZone: z.string().nullable(),
  locale: z.string().nullable(),
})
export type User = z.infer<typeof User>
