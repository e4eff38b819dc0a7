import { fail } from '@sveltejs/kit'
import { createApi } from '#lib/api.ts'
import { readFields } from '#lib/forms/fields.ts'
import { toRefusal } from '#lib/forms/refusal.ts'
import type { Actions } from './$types'

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const { values, kept, refusal } = readFields(await request.formData(), ['email'])
    if (refusal) return fail(422, { refusal, sentTo: undefined })
    const answer = await createApi(fetch)
      .post<object>('/api/auth/request-password-reset', { email: values.email, redirectTo: '/reset-password' })
      .catch((error: unknown) => toRefusal(error, kept))
    if ('faults' in answer) return fail(422, { refusal: answer, sentTo: undefined })
    return { refusal: undefined, sentTo: values.email }
  },
}
