import { fail, redirect } from '@sveltejs/kit'
import { createApi } from '#lib/api.ts'
import type { Board } from '#lib/boards/listing.ts'
import { readFields } from '#lib/forms/fields.ts'
import { toRefusal } from '#lib/forms/refusal.ts'
import type { Actions } from './$types'

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const form = await request.formData()
    const { values, kept, refusal } = readFields(form, ['boardName'])
    if (refusal) return fail(422, refusal)
    const workspaceId = encodeURIComponent(form.get('workspaceId')?.toString() ?? '')
    const answer = await createApi(fetch)
      .post<Board>(`/api/workspaces/${workspaceId}/boards`, { name: values.boardName })
      .catch((error: unknown) => toRefusal(error, kept))
    if ('faults' in answer) return fail(422, answer)
    redirect(303, `/boards/${answer.id}`)
  },
}
