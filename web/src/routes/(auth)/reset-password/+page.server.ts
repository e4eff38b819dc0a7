import { fail, redirect } from '@sveltejs/kit'
import { createApi } from '#lib/api.ts'
import { readFields } from '#lib/forms/fields.ts'
import { toRefusal } from '#lib/forms/refusal.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ url, setHeaders }) => {
  setHeaders({ 'referrer-policy': 'same-origin' })
  return { canReset: url.searchParams.has('token') && !url.searchParams.has('error') }
}

export const actions: Actions = {
  default: async ({ request, fetch, url }) => {
    const { values, kept, refusal } = readFields(await request.formData(), ['newPassword'])
    if (refusal) return fail(422, refusal)
    const token = url.searchParams.get('token')
    const answer = await createApi(fetch)
      .post<object>('/api/auth/reset-password', { newPassword: values.newPassword, token })
      .catch((error: unknown) => toRefusal(error, kept))
    if ('faults' in answer) return fail(422, answer)
    redirect(303, '/sign-in?notice=reset')
  },
}
