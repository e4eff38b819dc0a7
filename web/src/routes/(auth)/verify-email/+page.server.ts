import { fail } from '@sveltejs/kit'
import { ApiError, createApi } from '#lib/api.ts'
import { readFields } from '#lib/forms/fields.ts'
import { toRefusal } from '#lib/forms/refusal.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ url, fetch, locals: { me } }) => {
  const token = url.searchParams.get('token')
  if (token) return { state: await confirm(fetch, token), sentTo: undefined }
  const sentTo = url.searchParams.get('sent') ?? (me?.user.emailVerified ? undefined : me?.user.email)
  return { state: sentTo ? ('sent' as const) : ('done' as const), sentTo }
}

async function confirm(fetch: typeof globalThis.fetch, token: string): Promise<'done' | 'expired'> {
  try {
    await createApi(fetch).get(`/api/auth/verify-email?token=${encodeURIComponent(token)}`)
    return 'done'
  } catch (error) {
    if (error instanceof ApiError && !error.isUnreachable && error.status < 500) return 'expired'
    throw error
  }
}

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const { values, kept, refusal } = readFields(await request.formData(), ['email'])
    if (refusal) return fail(422, { refusal, sentTo: undefined })
    const answer = await createApi(fetch)
      .post<object>('/api/auth/send-verification-email', { email: values.email })
      .catch((error: unknown) => toRefusal(error, kept))
    if ('faults' in answer) return fail(422, { refusal: answer, sentTo: undefined })
    return { refusal: undefined, sentTo: values.email }
  },
}
