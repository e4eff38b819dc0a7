import type { Reason } from '@taskflow/shared/dto/notification.ts'
import type { Preferences } from '@taskflow/shared/dto/preferences.ts'
import { userStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import { Forbidden } from '../errors.ts'
import { getPreferenceRow, getPreferences, type Matrix } from './preferences.queries.ts'
import type { PreferencesEdit } from './preferences.schemas.ts'

const SAVE = `
  insert into preference (user_id, matrix, quiet_hours, digest, mail_delay_minutes) values ($1, $2, $3, $4, $5)
  on conflict (user_id) do update set matrix = excluded.matrix, quiet_hours = excluded.quiet_hours,
    digest = excluded.digest, mail_delay_minutes = excluded.mail_delay_minutes`

/** Changes what is named, also within the matrix: one switch does not need the others. */
export async function setPreferences(ctx: WriteCtx, edit: PreferencesEdit): Promise<Preferences> {
  if (ctx.actor.kind !== 'user') throw new Forbidden('access.forbidden', 'A key cannot decide what its person is told.')
  await ctx.tx.sql('select from auth_user where id = $1 for no key update', [ctx.actor.id])
  const row = { ...(await getPreferenceRow(ctx)) }
  if (edit.matrix) row.matrix = merged(row.matrix, edit.matrix as Matrix)
  if (edit.quietHours !== undefined) row.quietHours = edit.quietHours
  if (edit.mailDelayMinutes !== undefined) row.mailDelayMinutes = edit.mailDelayMinutes
  row.digest = edit.digest ?? row.digest
  const { matrix, quietHours, digest, mailDelayMinutes } = row
  await ctx.tx.sql(SAVE, [
    ctx.actor.id,
    JSON.stringify(matrix),
    quietHours && JSON.stringify(quietHours),
    digest,
    mailDelayMinutes,
  ])
  ctx.unchanged.add(userStream(ctx.actor.id))
  return getPreferences(ctx)
}

const merged = (known: Matrix, wanted: Matrix): Matrix => ({
  ...known,
  ...Object.fromEntries(
    Object.entries(wanted).map(([reason, channels]) => [reason, { ...known[reason as Reason], ...channels }]),
  ),
})
