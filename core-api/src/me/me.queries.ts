import type { User } from '@taskflow/shared/dto/user.ts'
import type { Me, MyWorkspace } from '@taskflow/shared/dto/workspace.ts'
import { userStream, workspaceStream } from '@taskflow/shared/names.ts'
import type { Ctx } from '../context.ts'
import { unreadCount } from '../notifications/unread.ts'
import { positionWithTicket } from '../streams/catching-up.ts'
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
  const [user, { items }, unread, stream] = await Promise.all([
    getUser(ctx),
    listWorkspaces(ctx, { limit: ALL }),
    unreadCount(ctx),
    positionWithTicket(ctx, userStream(ctx.actor.id)),
  ])
  const workspaces = await Promise.all(
    items.map(async (workspace): Promise<MyWorkspace> => {
      const mayHear = workspace.role !== 'guest'
      return { ...workspace, stream: mayHear ? await positionWithTicket(ctx, workspaceStream(workspace.id)) : null }
    }),
  )
  return { user, workspaces, unread, stream }
}
