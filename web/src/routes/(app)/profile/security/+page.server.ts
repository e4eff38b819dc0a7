import { fail } from '@sveltejs/kit'
import { ApiError, createApi } from '#lib/api.ts'
import { orPage } from '#lib/loading.ts'
import { readSecurity, type Session } from '#lib/profile/account.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, url, depends }) => {
  depends('app:security')
  return { security: await orPage(readSecurity(fetch), url.pathname) }
}

/** A session is ended by its token, which never reaches the page: it would open the account to whatever reads it. */
export const actions: Actions = {
  end: async ({ request, fetch }) => {
    const id = (await request.formData()).get('id')?.toString()
    const api = createApi(fetch)
    try {
      const sessions = await api.get<Session[]>('/api/auth/list-sessions')
      const token = sessions.find((session) => session.id === id)?.token
      if (token) await api.post('/api/auth/revoke-session', { token })
    } catch (error) {
      return refuse(error)
    }
    return { ended: 1 }
  },
  endOthers: async ({ fetch }) => {
    const api = createApi(fetch)
    try {
      const sessions = await api.get<Session[]>('/api/auth/list-sessions')
      await api.post('/api/auth/revoke-other-sessions')
      return { endedAll: Math.max(1, sessions.length - 1) }
    } catch (error) {
      return refuse(error)
    }
  },
}

function refuse(error: unknown) {
  if (!(error instanceof ApiError)) throw error
  return fail(error.status || 503, { isUnreachable: error.isUnreachable, code: error.code })
}
