import { redirect } from '@sveltejs/kit'
import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks'
import { API_URL } from '$app/env/private'
import { ApiError } from '#lib/api.ts'
import { chooseLocale } from '#lib/messages/locale.ts'
import { safePath, withNext } from '#lib/safe-path.ts'
import { findMe } from '#lib/session.ts'
import { isTheme, themeColorTags } from '#lib/ui/theme.ts'
import { forwardToApi } from './forwarding.ts'
import { secure } from './headers.ts'

export const handle: Handle = async ({ event, resolve }) => {
  const { locals, cookies, request, route, url } = event
  const theme = cookies.get('theme')
  locals.theme = isTheme(theme) ? theme : 'system'
  locals.locale = chooseLocale(cookies.get('locale'), request.headers.get('accept-language'))
  locals.me = null
  locals.isApiDown = false
  if (route.id) await findSession(event)
  guard(route.id, locals, url)

  const response = await resolve(event, {
    preload: ({ type, path }) => (type === 'font' ? path.includes('geist-latin-wght') : type !== 'asset'),
    transformPageChunk: ({ html }) =>
      html
        .replace('%lang%', locals.locale)
        .replace('%theme%', locals.theme === 'system' ? '' : locals.theme)
        .replace('%theme-color%', () => themeColorTags(locals.theme)),
  })
  return secure(response, url)
}

async function findSession(event: Parameters<Handle>[0]['event']) {
  try {
    event.locals.me = await findMe(event.fetch)
  } catch (error) {
    event.locals.isApiDown = true
    console.error(JSON.stringify({ level: 'warn', msg: 'core-api does not answer', code: (error as ApiError).code }))
  }
}

function guard(routeId: string | null, { me, isApiDown }: App.Locals, url: URL) {
  if (routeId?.startsWith('/(app)') && !me && !isApiDown) {
    redirect(303, withNext('/sign-in', url.pathname + url.search))
  }
  if (routeId?.startsWith('/(auth)/(guest)') && me) redirect(303, safePath(url.searchParams.get('next')))
}

export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
  const url = new URL(request.url)
  if (url.origin !== event.url.origin || !url.pathname.startsWith('/api/')) return fetch(request)
  return forwardToApi(event, request, API_URL)
}

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === 'app') return error
  if (kind === 'framework') return { status: error.status, message: error.message }
  const requestId = event.request.headers.get('x-request-id') ?? crypto.randomUUID()
  const cause = error instanceof Error ? error : new Error(String(error))
  console.error(
    JSON.stringify({ level: 'error', msg: cause.message, stack: cause.stack, path: event.url.pathname, requestId }),
  )
  if (error instanceof ApiError)
    return { status: error.status || 503, message: error.code, code: error.code, requestId }
  return { status: 500, message: 'internal', requestId }
}
