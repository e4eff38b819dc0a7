import { error, redirect } from '@sveltejs/kit'
import { YEAR_SECONDS } from '#lib/ui/theme.ts'
import type { LayoutServerLoad } from './$types'

/** Whoever opens the settings of a workspace works in that one from then on. */
export const load: LayoutServerLoad = ({ params, locals, cookies, url }) => {
  const known = locals.me?.workspaces ?? []
  if (!known.some(({ id }) => id === params.workspace)) error(404, 'workspaces.not_found')
  const chosen = cookies.get('workspace') ?? known[0]?.id
  if (chosen === params.workspace) return
  const options = { path: '/', maxAge: YEAR_SECONDS, httpOnly: false, secure: url.protocol === 'https:' }
  cookies.set('workspace', params.workspace, { ...options, sameSite: 'lax' })
  redirect(303, url.pathname)
}
