import type { User } from '@taskflow/shared/dto/user.ts'
import type { Me, MyWorkspace } from '@taskflow/shared/dto/workspace.ts'
import { userStream, workspaceStream } from '@taskflow/shared/names.ts'
import type { Ctx } from '../context.ts'
import { unreadCount } from '../notifications/unread.ts'
import { positionsWithTickets } from '../streams/catching-up.ts'
import { listWorkspaces } from '../workspaces/workspaces.queries.ts'

const ALL = 10_000

const USER = `
  select id, name, image, email, email_verified as "emailVerified", time_zone as "timeZone", locale
  from auth_user where id = $1`

export async function getUser(ctx: Ctx): Promise<User> {
  const [user] = await ctx.tx.sql<User>(USER, [ctx.actor.id])
  return user!
}

/** Who the actor is, where they belong, and where to listen from: one consistent view. */
export async function getMe(ctx: Ctx): Promise<Me> {
  const [user, { items }, unread] = await Promise.all([
    getUser(ctx),
    listWorkspaces(ctx, { limit: ALL }),
    unreadCount(ctx),
  ])
  const own = userStream(ctx.actor.id)
  const heard = items.filter(({ role }) => role !== 'guest').map(({ id }) => workspaceStream(id))
  const positions = new Map((await positionsWithTickets(ctx, [own, ...heard])).map((one) => [one.id, one]))
  const workspaces = items.map((workspace): MyWorkspace => ({
    ...workspace,
    stream: positions.get(workspaceStream(workspace.id)) ?? null,
  }))
  return { user, workspaces, unread, stream: positions.get(own)! }
}
