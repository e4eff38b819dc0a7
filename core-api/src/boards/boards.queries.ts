import type { Board, BoardMember } from '@taskflow/shared/dto/board.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Ctx, WriteCtx } from '../context.ts'
import { pageById } from '../http/paging.ts'
import { getMembership } from '../members/members.access.ts'
import { ACCESS_JOINS, BOARD_COLUMNS, getBoardFor, VISIBLE } from './boards.access.ts'

interface PageQuery {
  cursor?: string
  limit: number
}

const BOARDS = `
  select ${BOARD_COLUMNS} from board b ${ACCESS_JOINS}
  where b.workspace_id = $1 and ${VISIBLE} and (b.archived_at is not null) = $3 and ($4::uuid is null or b.id > $4)
  order by b.id limit $5`

/** The boards of a workspace that the actor may see, in the order of their making. */
export async function listBoards(
  ctx: Ctx,
  workspaceId: string,
  { archived, cursor, limit }: PageQuery & { archived: boolean },
): Promise<Page<Board>> {
  await getMembership(ctx, workspaceId)
  const values = [workspaceId, ctx.actor.id, archived, cursor ?? null, limit + 1]
  return pageById(await ctx.tx.sql<Board & Record<string, unknown>>(BOARDS, values), limit)
}

/** Somebody of the workspace, and whether they see the board. */
export type Person = BoardMember & { sees: boolean }

const PEOPLE = `
  select u.id, u.name, u.image, m.role, bm.role as "boardRole", ${VISIBLE} as sees
  from board b join workspace_member m on m.workspace_id = b.workspace_id
  join auth_user u on u.id = m.user_id
  left join board_member bm on bm.board_id = b.id and bm.user_id = m.user_id
  where b.id = $1`

/** Their names stay what they are until the facts that carry them are written. */
export const holdPeople = (ctx: WriteCtx, boardId: string): Promise<Person[]> =>
  ctx.tx.sql<Person & Record<string, unknown>>(`${PEOPLE} order by u.id for share of u`, [boardId])

/** The same for one of them. */
export async function holdPerson(ctx: WriteCtx, boardId: string, userId: string): Promise<Person | null> {
  const values = [boardId, userId]
  const [person] = await ctx.tx.sql<Person & Record<string, unknown>>(`${PEOPLE} and u.id = $2 for share of u`, values)
  return person ?? null
}

const VIEWERS = `${PEOPLE} and ${VISIBLE} and ($2::uuid is null or u.id > $2) order by u.id limit $3`

export async function listViewers(ctx: Ctx, boardId: string, { cursor, limit }: PageQuery): Promise<Page<BoardMember>> {
  await getBoardFor(ctx, boardId, 'board:read')
  const people = await ctx.tx.sql<Person & Record<string, unknown>>(VIEWERS, [boardId, cursor ?? null, limit + 1])
  return pageById(people.map(toBoardMember), limit)
}

export const toBoardMember = ({ sees: _, ...member }: Person): BoardMember => member
