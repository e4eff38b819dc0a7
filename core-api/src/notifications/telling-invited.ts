import type { WriteCtx } from '../context.ts'
import { aboutWorkspace } from './news.ts'
import { tell } from './telling.ts'

/** Only whoever has shown that the address is theirs: the name of the workspace is not for others. */
const INVITED = `
  select u.id from auth_user u
  where lower(u.email) = lower($1) and u.email_verified
    and not exists (select from workspace_member m where m.workspace_id = $2 and m.user_id = u.id)`

/** Somebody who is here already hears of an invitation in the app, too. */
export async function tellInvited(ctx: WriteCtx, workspaceId: string, email: string): Promise<void> {
  const people = await ctx.tx.sql<{ id: string }>(INVITED, [email, workspaceId])
  const userIds = people.map(({ id }) => id)
  await tell(ctx, [{ subject: aboutWorkspace(workspaceId), reason: 'invited', type: 'invitation.created', userIds }])
}
