import { fail } from '@sveltejs/kit'
import { ApiError, createApi } from '#lib/api.ts'
import { readFields } from '#lib/sign-in/fields.ts'
import { toRefusal } from '#lib/sign-in/refusal.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ url, fetch, locals, setHeaders }) => {
  setHeaders({ 'referrer-policy': 'no-referrer' })
  const { searchParams } = url
  const sentTo = searchParams.get('sent') ?? undefined
  const token = searchParams.get('token')
  if (token) return { state: (await isConfirmed(fetch, token)) ? ('done' as const) : ('expired' as const), sentTo }
  if (searchParams.has('error')) return { state: 'expired' as const, sentTo }
  return { state: sentTo || !locals.me?.user.emailVerified ? ('sent' as const) : ('done' as const), sentTo }
}

async function isConfirmed(fetch: typeof globalThis.fetch, token: string): Promise<boolean> {
  try {
    await createApi(fetch).get(`/api/auth/verify-email?token=${encodeURIComponent(token)}`)
    return true
  } catch (error) {
    if (error instanceof ApiError && error.status < 500 && error.status > 0) return false
    throw error
  }
}

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const { values, kept, refusal } = readFields(await request.formData(), ['email'])
    if (refusal) return fail(422, { refusal, sentTo: undefined })
    const answer = await createApi(fetch)
      .post<object>('/api/auth/send-verification-email', { email: values.email, callbackURL: '/verify-email' })
      .catch((error: unknown) => toRefusal(error, kept))
    if ('faults' in answer) return fail(422, { refusal: answer, sentTo: undefined })
    return { refusal: undefined, sentTo: values.email }
  },
}
