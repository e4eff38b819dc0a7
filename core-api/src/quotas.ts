import type { Ctx } from './context.ts'
import { Unprocessable } from './errors.ts'

interface Quota {
  limit: number
  /** How many there are in the scope ($1). */
  count: string
  /** A number of acts in a time, not of things: loosened together with the rate limits. */
  rate?: true
}

/** How much one person or one workspace may have of everything. */
export const QUOTAS = {
  workspacesOfPerson: {
    limit: 100,
    count: `select count(*)::int from workspace_member where user_id = $1 and role = 'owner'`,
  },
  members: { limit: 500, count: 'select count(*)::int from workspace_member where workspace_id = $1' },
  boards: { limit: 500, count: 'select count(*)::int from board where workspace_id = $1' },
  columns: { limit: 100, count: 'select count(*)::int from board_column where board_id = $1' },
  roles: { limit: 50, count: 'select count(*)::int from workspace_role where workspace_id = $1' },
  labels: { limit: 500, count: 'select count(*)::int from label where workspace_id = $1' },
  webhooks: { limit: 50, count: 'select count(*)::int from webhook where workspace_id = $1' },
  pushSubscriptions: { limit: 50, count: 'select count(*)::int from push_subscription where user_id = $1' },
  openInvitations: {
    limit: 500,
    count: `select count(*)::int from invitation where workspace_id = $1 and revoked_at is null and expires_at > now()
              and (email is null or accepted_at is null)`,
  },
  invitationMailsPerDay: {
    limit: 50,
    count: `select count(*)::int from invitation where workspace_id = $1 and email is not null
              and created_at > now() - interval '1 day'`,
    rate: true,
  },
} satisfies Record<string, Quota>

/** Room for one more: whoever asks at the same moment waits until this transaction has ended, and then counts again. */
export async function demandRoom(ctx: Ctx, name: keyof typeof QUOTAS, scope: string): Promise<void> {
  const { limit, count, rate }: Quota = QUOTAS[name]
  const allowed = rate ? Math.ceil(limit * ctx.deps.config.rateLimitScale) : limit
  const [, [row]] = await Promise.all([
    ctx.tx.sql('select pg_advisory_xact_lock(hashtextextended($1 || $2, 1))', [name, scope]),
    ctx.tx.sql<{ count: number }>(count, [scope]),
  ])
  if (row!.count < allowed) return
  throw new Unprocessable(`quotas.${name}`, `There is room for ${allowed} of these, and there are ${row!.count}.`)
}
