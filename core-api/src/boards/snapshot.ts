import { boardStream } from '@taskflow/shared/names.ts'
import type { Ctx } from '../context.ts'
import { positionWithTicket } from '../streams/catching-up.ts'
import { getBoardFor } from './boards.access.ts'

const TASKS = `
  select coalesce(json_agg(card), '[]')::text as json from (
    select id, board_id as "boardId", column_id as "columnId", number, position, title,
           description <> '' as "hasDescription", priority, assignee_ids as "assigneeIds", label_ids as "labelIds",
           start, due, parent_id as "parentId", blocked_by_ids as "blockedByIds",
           case when checklist_total > 0
             then json_build_object('done', checklist_done, 'total', checklist_total) end as checklist,
           comment_count as "commentCount", attachment_count as "attachmentCount", recurrence,
           iso(closed_at) as "closedAt", created_by as "createdBy", iso(updated_at) as "updatedAt", version
    from task where board_id = $1 and deleted_at is null and archived_at is null
  ) card`

const COLUMNS = `
  select coalesce(json_agg(c), '[]')::text as json from (
    select id, board_id as "boardId", name, position, color, wip_limit as "wipLimit", wip_mode as "wipMode", done, version
    from board_column where board_id = $1 order by position, id
  ) c`

const LABELS = `
  select coalesce(json_agg(l), '[]')::text as json from (
    select id, name, color, version from label where workspace_id = $1 order by lower(name)
  ) l`

const MEMBERS = `
  select coalesce(json_agg(p), '[]')::text as json from (
    select u.id, u.name, u.image, m.role, bm.role as "boardRole"
    from board b join workspace_member m on m.workspace_id = b.workspace_id
    join auth_user u on u.id = m.user_id
    left join board_member bm on bm.board_id = b.id and bm.user_id = m.user_id
    where b.id = $1 and (bm.user_id is not null or (b.visibility = 'workspace' and m.role <> 'guest'))
    order by u.name, u.id
  ) p`

/** The whole board as JSON text: the database builds it, nothing is parsed on the way. */
export async function boardSnapshot(ctx: Ctx, boardId: string): Promise<{ etag: string; text: string }> {
  const { role: _, custom: __, boardRole: ___, ...board } = await getBoardFor(ctx, boardId, 'board:read')
  const part = async (query: string, id: string) => (await ctx.tx.sql<{ json: string }>(query, [id]))[0]!.json
  const [columns, tasks, labels, members, stream] = await Promise.all([
    part(COLUMNS, boardId),
    part(TASKS, boardId),
    part(LABELS, board.workspaceId),
    part(MEMBERS, boardId),
    positionWithTicket(ctx, boardStream(boardId)),
  ])
  const text =
    `{"board":${JSON.stringify(board)},"columns":${columns},"tasks":${tasks},` +
    `"labels":${labels},"members":${members},"stream":${JSON.stringify(stream)}}`
  return { etag: etagOf(stream), text }
}

export const etagOf = ({ epoch, seq }: { epoch: string; seq: number }) => `"${epoch}.${seq}"`
