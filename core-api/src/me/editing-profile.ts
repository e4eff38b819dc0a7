import type { User } from '@taskflow/shared/dto/user.ts'
import { userStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import { Forbidden } from '../errors.ts'
import type { Actor } from '../http/authenticate.ts'
import { recordForUser, recordInWorkspace, recordOnBoard } from '../streams/record.ts'
import { getUser } from './me.queries.ts'

export type ProfileEdit = Partial<Pick<User, 'name' | 'image' | 'timeZone' | 'locale'>>

const COLUMNS = { name: 'name', image: 'image', timeZone: 'time_zone', locale: 'locale' } as const
const SEEN_BY_OTHERS = ['name', 'image'] as const

/** What others see of a person changes on every screen that shows them. */
export async function editProfile(ctx: WriteCtx, edit: ProfileEdit): Promise<User> {
  await lockProfile(ctx)
  const user = await getUser(ctx)
  const fields = (Object.keys(COLUMNS) as (keyof ProfileEdit)[]).filter(
    (field) => edit[field] !== undefined && edit[field] !== user[field],
  )
  if (fields.length === 0) {
    ctx.unchanged.add(userStream(user.id))
    return user
  }
  const assignments = fields.map((field, i) => `, ${COLUMNS[field]} = $${i + 3}`).join('')
  const values = fields.map((field) => edit[field])
  ctx.tx.later(`update auth_user set updated_at = $2${assignments} where id = $1`, [user.id, ctx.now, ...values])
  const changes = Object.fromEntries(fields.map((field) => [field, edit[field]])) as ProfileEdit
  recordForUser(ctx, user.id, { type: 'user.updated', subject: user.id, data: { id: user.id, ...changes } })
  await tellOthers(ctx, user.id, changes)
  ctx.afterCommit.push(() => ctx.deps.sessions.forget({ userId: user.id, sessionIds: 'all' }))
  return { ...user, ...changes }
}

export async function lockProfile(ctx: WriteCtx): Promise<void> {
  demandPerson(ctx.actor)
  await ctx.tx.sql('select from auth_user where id = $1 for no key update', [ctx.actor.id])
}

export function demandPerson({ kind }: Actor): void {
  if (kind !== 'user') throw new Forbidden('access.forbidden', 'A key cannot change the person behind it.')
}

const PLACES = `
  select m.workspace_id as "workspaceId", b.id as "boardId"
  from workspace_member m left join board b on b.workspace_id = m.workspace_id and (
    (b.visibility = 'workspace' and m.role <> 'guest')
    or exists (select from board_member bm where bm.board_id = b.id and bm.user_id = m.user_id))
  where m.user_id = $1 for share of m`

async function tellOthers(ctx: WriteCtx, userId: string, changes: ProfileEdit) {
  const seen = SEEN_BY_OTHERS.filter((field) => changes[field] !== undefined)
  if (seen.length === 0) return
  const fact = {
    type: 'member.changed',
    subject: userId,
    data: { id: userId, ...Object.fromEntries(seen.map((field) => [field, changes[field]])) },
  } as const
  const places = await ctx.tx.sql<{ workspaceId: string; boardId: string | null }>(PLACES, [userId])
  for (const workspaceId of new Set(places.map((place) => place.workspaceId))) recordInWorkspace(ctx, workspaceId, fact)
  for (const { workspaceId, boardId } of places) if (boardId) recordOnBoard(ctx, { workspaceId, boardId }, fact)
}
