import type { Ctx } from '../context.ts'
import { BOARD_COLUMNS } from '../boards/boards.access.ts'
import { etagOf } from '../boards/snapshot.ts'
import { positionWithTicket } from '../streams/catching-up.ts'
import { workspaceStream } from '@taskflow/shared/names.ts'
import { getTeamMembership } from './workspaces.access.ts'

const list = (rows: string) => `select coalesce(json_agg(r), '[]')::text as json from (${rows}) r`

const WORKSPACE = `
  select row_to_json(w)::text as json from (
    select id, name, iso(created_at) as "createdAt", version from workspace where id = $1
  ) w`

const BOARDS = list(
  `select ${BOARD_COLUMNS} from board b where b.workspace_id = $1 and b.visibility = 'workspace' order by b.name, b.id`,
)

const MEMBERS = list(`
  select u.id, u.name, u.image, m.role, iso(m.joined_at) as "joinedAt"
  from workspace_member m join auth_user u on u.id = m.user_id where m.workspace_id = $1 order by u.name, u.id`)

const LABELS = list('select id, name, color, version from label where workspace_id = $1 order by lower(name), id')

const ROLES = list('select key, name, permissions, version from workspace_role where workspace_id = $1 order by key')

/** All that members share, as the database builds it; private boards are not in it. */
export async function workspaceSnapshot(ctx: Ctx, id: string): Promise<{ etag: string; text: string }> {
  await getTeamMembership(ctx, id)
  const part = async (query: string) => (await ctx.tx.sql<{ json: string }>(query, [id]))[0]!.json
  const [workspace, boards, members, labels, roles, stream] = await Promise.all([
    part(WORKSPACE),
    part(BOARDS),
    part(MEMBERS),
    part(LABELS),
    part(ROLES),
    positionWithTicket(ctx, workspaceStream(id)),
  ])
  const text =
    `{"workspace":${workspace},"boards":${boards},"members":${members},"labels":${labels},"roles":${roles},` +
    `"stream":${JSON.stringify(stream)}}`
  return { etag: etagOf(stream), text }
}
