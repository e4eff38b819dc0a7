import { redirect } from '@sveltejs/kit'
import { createApi } from '#lib/api.ts'
import { safePath } from '#lib/safe-path.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals }) => {
  if (!locals.me && !locals.isApiDown) redirect(303, '/sign-in')
  return { userId: locals.me?.user.id ?? null }
}

export const actions: Actions = {
  default: async ({ fetch, request }) => {
    const next = safePath((await request.formData()).get('next')?.toString())
    await createApi(fetch).post('/api/auth/sign-out')
    redirect(303, next === '/' ? '/sign-in?notice=signed-out' : next)
  },
}
