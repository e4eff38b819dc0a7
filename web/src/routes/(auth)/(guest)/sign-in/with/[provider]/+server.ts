import { redirect } from '@sveltejs/kit'
import { createApi } from '#lib/api.ts'
import { safePath, withNext } from '#lib/safe-path.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, fetch, url }) => {
  const next = safePath(url.searchParams.get('next'))
  const { url: target } = await createApi(fetch).post<{ url: string }>('/api/auth/sign-in/social', {
    provider: params.provider,
    callbackURL: next,
    errorCallbackURL: withNext('/sign-in', next),
    disableRedirect: true,
  })
  // Where to is our own API's word, made of what the operator has set.
  redirect(303, target, { external: true })
}
