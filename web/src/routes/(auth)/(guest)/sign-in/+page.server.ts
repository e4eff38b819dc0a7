import { fail, redirect } from '@sveltejs/kit'
import { createApi } from '#lib/api.ts'
import { safePath, withNext } from '#lib/safe-path.ts'
import { readFields } from '#lib/forms/fields.ts'
import { listWaysIn } from '#lib/sign-in/providers.ts'
import { toRefusal } from '#lib/forms/refusal.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, url }) => ({
  ways: await listWaysIn(fetch),
  next: safePath(url.searchParams.get('next')),
  notice: url.searchParams.get('notice'),
  providerFault: faultOfProvider(url.searchParams.get('error')),
})

export const actions: Actions = {
  default: async ({ request, fetch, url }) => {
    const { values, kept, refusal } = readFields(await request.formData(), ['email', 'password'])
    if (refusal) return fail(422, refusal)
    const next = safePath(url.searchParams.get('next'))
    const answer = await createApi(fetch)
      .post<{ twoFactorRedirect?: boolean }>('/api/auth/sign-in/email', {
        email: values.email,
        password: values.password,
      })
      .catch((error: unknown) => toRefusal(error, kept))
    if ('faults' in answer) return fail(422, answer)
    redirect(303, answer.twoFactorRedirect ? withNext('/sign-in/two-factor', next) : next)
  },
}

/** `state_…` says that we know no such sign-on (any more); the rest comes from the provider or concerns the account. */
function faultOfProvider(code: string | null): 'lapsed' | 'refused' | undefined {
  if (code === null) return undefined
  return code.startsWith('state_') ? 'lapsed' : 'refused'
}
