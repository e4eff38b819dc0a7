import { fail, redirect } from '@sveltejs/kit'
import type { MyWorkspace } from '@taskflow/shared/dto/workspace.ts'
import { createApi } from '#lib/api.ts'
import { readFields } from '#lib/forms/fields.ts'
import { toRefusal } from '#lib/forms/refusal.ts'
import { YEAR_SECONDS } from '#lib/ui/theme.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals: { me } }) => {
  if (!me) redirect(303, '/sign-in?next=/workspaces/new')
  return { firstName: me.user.name.split(' ')[0]!, isFirst: me.workspaces.length === 0 }
}

export const actions: Actions = {
  default: async ({ request, fetch, cookies, url }) => {
    const { values, kept, refusal } = readFields(await request.formData(), ['workspaceName'])
    if (refusal) return fail(422, refusal)
    const answer = await createApi(fetch)
      .post<MyWorkspace>('/api/workspaces', { name: values.workspaceName })
      .catch((error: unknown) => toRefusal(error, kept))
    if ('faults' in answer) return fail(422, answer)
    const secure = url.protocol === 'https:'
    cookies.set('workspace', answer.id, { maxAge: YEAR_SECONDS, httpOnly: false, secure, sameSite: 'lax' })
    redirect(303, '/')
  },
}
