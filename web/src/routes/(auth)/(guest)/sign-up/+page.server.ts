import { fail, redirect } from '@sveltejs/kit'
import { createApi } from '#lib/api.ts'
import { safePath } from '#lib/safe-path.ts'
import { readFields } from '#lib/forms/fields.ts'
import { listWaysIn } from '#lib/sign-in/providers.ts'
import { toRefusal } from '#lib/forms/refusal.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, url }) => ({
  ways: await listWaysIn(fetch),
  next: safePath(url.searchParams.get('next')),
})

export const actions: Actions = {
  default: async ({ request, fetch, url }) => {
    const { values, kept, refusal } = readFields(await request.formData(), ['name', 'email', 'newPassword'])
    if (refusal) return fail(422, refusal)
    const { name, email, newPassword: password } = values
    const answer = await createApi(fetch)
      .post<{ token: string | null }>('/api/auth/sign-up/email', {
        name,
        email,
        password,
        callbackURL: '/verify-email',
      })
      .catch((error: unknown) => toRefusal(error, kept))
    if ('faults' in answer) return fail(422, answer)
    const isSignedIn = answer.token !== null
    redirect(
      303,
      isSignedIn ? safePath(url.searchParams.get('next')) : `/verify-email?sent=${encodeURIComponent(email)}`,
    )
  },
}
