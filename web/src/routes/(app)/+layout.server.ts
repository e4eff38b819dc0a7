import { error } from '@sveltejs/kit'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = ({ locals, cookies }) => {
  if (!locals.me) error(503, 'unreachable')
  const { user, workspaces, unread, stream } = locals.me
  const chosen = cookies.get('workspace')
  return { user, workspaces, unread, stream, workspace: workspaces.find(({ id }) => id === chosen) ?? workspaces[0] }
}
