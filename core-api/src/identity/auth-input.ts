import { z } from '@hono/zod-openapi'
import { type FieldError, Invalid } from '../errors.ts'
import { toFieldErrors } from '../http/validate.ts'
import { refuseWeakPassword } from './passwords.ts'

const name = z.string().trim().min(1).max(100)

const SignUp = z.object({ name, email: z.email().max(254), password: z.string() })
const SignIn = z.object({ email: z.email().max(254), password: z.string() })

const BODIES: Record<string, z.ZodType> = {
  '/sign-up/email': SignUp,
  '/sign-in/email': SignIn,
}
const NEW_PASSWORD: Record<string, string> = {
  '/sign-up/email': 'password',
  '/reset-password': 'newPassword',
  '/change-password': 'newPassword',
}

export function checkAuthInput(path: string, body: Record<string, unknown> | undefined): void {
  const schema = BODIES[path]
  const parsed = schema?.safeParse(body ?? {})
  if (parsed && !parsed.success) throw new Invalid(toFieldErrors(parsed.error))
  const field = NEW_PASSWORD[path]
  const password = field === undefined ? undefined : body?.[field]
  if (field !== undefined && typeof password === 'string') refuseWeakPassword(password, field)
}

/** Takes apart how better-auth says what is wrong with a body or query: `[body.code] must be text; [body] …`. */
export function readFieldErrors(message: string): FieldError[] {
  return message.split(/; (?=\[(?:body|query)[.\]])/).map((one) => {
    const [, path = '', words = one] = /^\[(?:body|query)\.?([^\]]*)\] (.*)$/s.exec(one) ?? []
    return { path, message: words }
  })
}
