import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Member } from '@taskflow/shared/dto/workspace.ts'
import type { Ctx, WriteCtx } from '../context.ts'
import { NotFound } from '../errors.ts'
import { pageById } from '../http/paging.ts'
import { getTeamMembership } from '../workspaces/workspaces.access.ts'

const MEMBER = `
  select u.id, u.name, u.image, m.role, iso(m.joined_at) as "joinedAt"
  from workspace_member m join auth_user u on u.id = m.user_id where m.workspace_id = $1`
const ONE = `${MEMBER} and m.user_id = $2`
const PAGE = `${MEMBER} and ($2::uuid is null or m.user_id > $2) order by m.user_id limit $3`

export const noSuchMember = () => new NotFound('members.not_found', 'Nobody like that belongs to this workspace.')

export async function getMember(ctx: Ctx, workspaceId: string, userId: string, hold = ''): Promise<Member> {
  const [member] = await ctx.tx.sql<Member>(ONE + hold, [workspaceId, userId])
  if (!member) throw noSuchMember()
  return member
}

/** The same, and their name stays what it is until the facts that carry it are written. */
export const holdMember = (ctx: WriteCtx, workspaceId: string, userId: string): Promise<Member> =>
  getMember(ctx, workspaceId, userId, ' for share of u')

export async function getMemberFor(ctx: Ctx, workspaceId: string, userId: string): Promise<Member> {
  await getTeamMembership(ctx, workspaceId)
  return getMember(ctx, workspaceId, userId)
}

export async function listMembers(
  ctx: Ctx,
  workspaceId: string,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<Page<Member>> {
  await getTeamMembership(ctx, workspaceId)
  return pageById(await ctx.tx.sql<Member>(PAGE, [workspaceId, cursor ?? null, limit + 1]), limit)
}
