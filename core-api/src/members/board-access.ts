import type { BoardMember, BoardRole, Visibility } from '@taskflow/shared/dto/board.ts'
import type { UserRef } from '@taskflow/shared/dto/user.ts'
import type { WriteCtx } from '../context.ts'
import { recordForUser, recordOnBoard } from '../streams/record.ts'

/** What decides whether somebody sees a board: before an act, or after it. */
interface Standing {
  /** Null where they do not belong to the workspace. */
  role: string | null
  boardRole: BoardRole | null
}

interface BoardSeen {
  id: string
  visibility: Visibility
  boardRole: BoardRole | null
  othersInvited: number
}

export interface AccessChange {
  workspaceId: string
  person: UserRef
  from: string | null
  to: string | null
  /** A board that the person is invited to by the same act. */
  invitedTo?: { boardId: string; role: BoardRole } | null
}

// Locked, so that no board changes who may see it until this transaction ends.
const BOARDS = `
  select b.id, b.visibility, bm.role as "boardRole",
         (select count(*)::int from board_member o where o.board_id = b.id and o.user_id <> $2) as "othersInvited"
  from board b left join board_member bm on bm.board_id = b.id and bm.user_id = $2
  where b.workspace_id = $1 order by b.id for share of b`

const sees = ({ visibility }: BoardSeen, { role, boardRole }: Standing) =>
  role !== null && (boardRole !== null || (visibility === 'workspace' && role !== 'guest'))

/**
 * Tells every board what a change of somebody's place in the workspace means there: they have come, changed or lost it.
 * Answers the boards that they have lost, for their work there to be taken off.
 */
export async function recordOnBoards(ctx: WriteCtx, change: AccessChange): Promise<string[]> {
  const { workspaceId, person, from, to, invitedTo } = change
  const boards = await ctx.tx.sql<BoardSeen & Record<string, unknown>>(BOARDS, [workspaceId, person.id])
  const lost: BoardSeen[] = []
  for (const board of boards) {
    const { boardRole } = board
    const role = to === null ? null : invitedTo?.boardId === board.id ? invitedTo.role : boardRole
    const before = sees(board, { role: from, boardRole })
    const after = sees(board, { role: to, boardRole: role })
    const at = { workspaceId, boardId: board.id }
    if (before && !after) lost.push(board)
    else if (!before && after) {
      const data = { ...person, role: to!, boardRole: role }
      recordOnBoard(ctx, at, { type: 'member.joined', subject: person.id, data })
    } else if (after && (from !== to || boardRole !== role)) {
      const data = { id: person.id, role: to!, boardRole: role }
      recordOnBoard(ctx, at, { type: 'member.changed', subject: person.id, data })
    }
  }
  await recordLost(ctx, change, lost)
  return lost.map(({ id }) => id)
}

async function recordLost(ctx: WriteCtx, { workspaceId, person }: AccessChange, lost: BoardSeen[]): Promise<void> {
  const isOrphan = (board: BoardSeen) => board.visibility === 'private' && board.othersInvited === 0
  const orphans = lost.filter(isOrphan)
  const heir = orphans.length > 0 ? await getHeir(ctx, workspaceId, person.id) : undefined
  for (const board of lost) {
    const data = { userId: person.id, userIds: [person.id], acl: 0, boardId: board.id }
    const member = heir && isOrphan(board) ? { member: heir } : {}
    recordOnBoard(
      ctx,
      { workspaceId, boardId: board.id },
      {
        type: 'access.revoked',
        subject: person.id,
        data: { ...data, ...member },
      },
    )
  }
  if (heir) bequeath(ctx, { workspaceId, heir, boardIds: orphans.map(({ id }) => id) })
}

const HEIR = `
  select u.id, u.name, u.image, m.role from workspace_member m join auth_user u on u.id = m.user_id
  where m.workspace_id = $1 and m.role = 'owner' and m.user_id <> $2 order by m.joined_at, m.user_id limit 1
  for share of u`

/** A private board is never left with nobody: the owner of longest standing takes it. */
async function getHeir(ctx: WriteCtx, workspaceId: string, leaverId: string): Promise<BoardMember> {
  const [heir] = await ctx.tx.sql<Omit<BoardMember, 'boardRole'>>(HEIR, [workspaceId, leaverId])
  return { ...heir!, boardRole: 'editor' }
}

interface Bequest {
  workspaceId: string
  heir: BoardMember
  boardIds: string[]
}

function bequeath(ctx: WriteCtx, { workspaceId, heir, boardIds }: Bequest): void {
  ctx.tx.later(
    `insert into board_member (workspace_id, board_id, user_id, role) select $1, unnest($2::uuid[]), $3, 'editor'`,
    [workspaceId, boardIds, heir.id],
  )
  recordForUser(ctx, heir.id, { type: 'access.granted', data: { userId: heir.id, workspaceId } })
}
