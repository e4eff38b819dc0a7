import { fail } from '@sveltejs/kit'
import { createApi } from '#lib/api.ts'
import { readFields } from '#lib/forms/fields.ts'
import { toRefusal } from '#lib/forms/refusal.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ url, locals: { me } }) => {
  const sentTo = url.searchParams.get('sent') ?? (me?.user.emailVerified ? undefined : me?.user.email)
  const isExpired = url.searchParams.has('error')
  return { sentTo, state: isExpired ? ('expired' as const) : sentTo ? ('sent' as const) : ('done' as const) }
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
