import { error, redirect } from '@sveltejs/kit'
import { FOLDED_COOKIE } from '#lib/boards/folding.ts'
import { listBoards } from '#lib/boards/listing.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = async ({ locals, cookies, fetch, depends }) => {
  depends('app:boards')
  if (!locals.me) error(503, 'unreachable')
  const { user, workspaces, unread, stream } = locals.me
  const chosen = cookies.get('workspace')
  const workspace = workspaces.find(({ id }) => id === chosen) ?? workspaces[0]
  if (!workspace) redirect(303, '/workspaces/new')
  const folded = cookies.get(FOLDED_COOKIE)
  return { user, workspaces, workspace, unread, stream, folded, boards: await listBoards(fetch, workspace.id) }
}
