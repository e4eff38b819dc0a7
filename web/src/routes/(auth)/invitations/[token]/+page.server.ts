import { fail, redirect } from '@sveltejs/kit'
import type { InvitationPeek, Joined } from '@taskflow/shared/dto/workspace.ts'
import { ApiError, createApi } from '#lib/api.ts'
import { toRefusal } from '#lib/forms/refusal.ts'
import { withNext } from '#lib/safe-path.ts'
import { YEAR_SECONDS } from '#lib/ui/theme.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, fetch, locals, url, setHeaders }) => {
  // The address is the key: it is not to be told to other sites.
  setHeaders({ 'referrer-policy': 'same-origin' })
  return {
    invitation: await peek(fetch, params.token),
    email: locals.me?.user.email ?? null,
    signUp: withNext('/sign-up', url.pathname),
    signIn: withNext('/sign-in', url.pathname),
  }
}

/** Null: not valid, or not any more; which of both is nobody's business. */
async function peek(fetch: typeof globalThis.fetch, token: string): Promise<InvitationPeek | null> {
  try {
    return await createApi(fetch).get<InvitationPeek>(`/api/invitations/${encodeURIComponent(token)}`)
  } catch (error) {
    if (error instanceof ApiError && [400, 404].includes(error.status)) return null
    throw error
  }
}

export const actions: Actions = {
  default: async ({ params, fetch, cookies, url, locals }) => {
    if (!locals.me) redirect(303, withNext('/sign-in', url.pathname))
    const path = `/api/invitations/${encodeURIComponent(params.token)}/accept`
    const joined = await createApi(fetch)
      .post<Joined>(path)
      .catch((error: unknown) => toRefusal(error, {}))
    if ('faults' in joined) return fail(422, joined)
    const options = { path: '/', maxAge: YEAR_SECONDS, httpOnly: false, secure: url.protocol === 'https:' }
    cookies.set('workspace', joined.id, { ...options, sameSite: 'lax' })
    redirect(303, joined.boardId ? `/boards/${joined.boardId}` : '/')
  },
}
