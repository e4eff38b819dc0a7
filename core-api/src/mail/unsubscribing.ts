import { REASONS } from '@taskflow/shared/dto/notification.ts'
import { write } from '../context.ts'
import type { CoreDeps } from '../core-deps.ts'
import { setPreferences } from '../preferences/setting.ts'

const NOTHING_BY_MAIL = Object.fromEntries(REASONS.map((reason) => [reason, { email: false }]))

const SUPPRESS = `
  update delivery set status = 'suppressed', reason = 'unsubscribed', next_attempt_at = null
  where user_id = $1 and kind = 'email' and purpose in ('notification', 'digest') and status = 'queued'`

/** No more mails about what happens, also not those that wait; what somebody asks for is mailed as before. */
export async function stopMails(deps: CoreDeps, userId: string): Promise<void> {
  await write(deps, { actor: { kind: 'user', id: userId, name: '' } }, async (ctx) => {
    await setPreferences(ctx, { matrix: NOTHING_BY_MAIL })
    ctx.tx.later(SUPPRESS, [userId])
    return { status: 204 }
  })
}
