import { fail, redirect } from '@sveltejs/kit'
import { createApi } from '#lib/api.ts'
import { safePath } from '#lib/safe-path.ts'
import { readFields } from '#lib/forms/fields.ts'
import { toRefusal } from '#lib/forms/refusal.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ url }) => ({
  next: safePath(url.searchParams.get('next')),
  isBackup: url.searchParams.has('backup'),
})

export const actions: Actions = {
  default: async ({ request, fetch, url }) => {
    const form = await request.formData()
    const { values, kept, refusal } = readFields(form, ['code'])
    if (refusal) return fail(422, refusal)
    const way = form.has('backup') ? 'verify-backup-code' : 'verify-totp'
    const answer = await createApi(fetch)
      .post<object>(`/api/auth/two-factor/${way}`, {
        code: values.code.replaceAll(/\s/g, ''),
        trustDevice: form.has('trust'),
      })
      .catch((error: unknown) => toRefusal(error, kept))
    if ('faults' in answer) return fail(422, answer)
    redirect(303, safePath(url.searchParams.get('next')))
  },
}
