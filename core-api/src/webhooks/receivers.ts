import { read } from '../context.ts'
import type { CoreDeps } from '../core-deps.ts'
import type { OutgoingMessage } from '../deliveries/outgoing-message.ts'
import { systemActor } from '../jobs/system-actor.ts'
import { unsealed } from './addresses.ts'

/** Where a message goes: a webhook of a workspace, or that of a person. */
export interface Receiver {
  /** Missing for that of a person. */
  webhook?: { id: string; workspaceId: string; enabled: boolean; isFailing: boolean; name: string }
  url: string
  /** The newest first; two while one replaces the other. */
  secrets: string[]
}

interface Row extends Record<string, unknown> {
  url: string
  secret: string
  previousSecret: string | null
  enabled: boolean
  isFailing: boolean
  name: string
}

const OF_WORKSPACE = `
  select url, secret, case when previous_until > $2 then previous_secret end as "previousSecret", enabled,
    failing_since is not null as "isFailing", coalesce(nullif(description, ''), shown) as name
  from webhook where id = $1`
const OF_PERSON = 'select url, secret from personal_webhook where user_id = $1'

export async function findReceiver(deps: CoreDeps, message: OutgoingMessage): Promise<Receiver | null> {
  const { targetId: id, workspaceId, userId } = message
  if (id && workspaceId) {
    const [row] = await read(deps, systemActor(workspaceId), ({ tx, now }) => tx.sql<Row>(OF_WORKSPACE, [id, now]))
    if (!row) return null
    const { enabled, isFailing, name } = row
    return { ...open(deps, row), webhook: { id, workspaceId, enabled, isFailing, name } }
  }
  const person = { kind: 'user' as const, id: userId!, name: '' }
  const [row] = await read(deps, person, ({ tx }) => tx.sql<Row>(OF_PERSON, [userId]))
  return row ? open(deps, row) : null
}

const open = (deps: CoreDeps, { url, secret, previousSecret }: Row) => ({
  url: unsealed(deps, url),
  secrets: [secret, previousSecret ?? []].flat().map((one) => unsealed(deps, one)),
})
