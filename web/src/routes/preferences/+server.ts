import { redirect } from '@sveltejs/kit'
import { isLocale } from '#lib/messages/locale.ts'
import { safePath } from '#lib/safe-path.ts'
import { isTheme, YEAR_SECONDS } from '#lib/ui/theme.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = await request.formData()
  const options = { maxAge: YEAR_SECONDS, httpOnly: false, secure: url.protocol === 'https:', sameSite: 'lax' as const }
  const theme = form.get('theme')
  const locale = form.get('locale')
  if (isTheme(theme)) cookies.set('theme', theme, options)
  if (isLocale(locale)) cookies.set('locale', locale, options)
  redirect(303, safePath(form.get('back')?.toString()))
}
