import { newId } from '@taskflow/shared/ids.ts'
import type { CoreDeps } from '../core-deps.ts'
import type { OutgoingMessage } from '../deliveries/outgoing-message.ts'
import type { NotSent } from '../deliveries/senders.ts'
import type { Mail } from './mail.ts'
import { digestMail, notificationMail } from './notification-mails.ts'
import { openMail } from './posting.ts'
import { findUnread } from './unread.queries.ts'

const PUT_OFF = 'select put_off_news($1, $2, $3, $4, $5)'

/** What a mail says is decided when it leaves. */
export async function composeMail(deps: CoreDeps, message: OutgoingMessage): Promise<{ mail: Mail } | NotSent> {
  const { id, attempts, purpose, payload } = message
  if (purpose !== 'notification' && purpose !== 'digest') return { mail: openMail(deps.config, payload) }
  const asked = await findUnread(deps, message)
  if ('status' in asked) return asked
  const { recipient, unread, later } = asked
  if (later) await deps.pool.query(PUT_OFF, [id, attempts, later.ids, newId(), later.at])
  if (purpose === 'digest') return { mail: digestMail(deps.config, recipient, unread) }
  return { mail: notificationMail(deps.config, recipient, unread[0]!) }
}
