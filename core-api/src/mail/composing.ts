import type { CoreDeps } from '../core-deps.ts'
import type { OutgoingMessage } from '../deliveries/outgoing-message.ts'
import type { Mail } from './mail.ts'
import { digestMail, notificationMail } from './notification-mails.ts'
import { openMail } from './posting.ts'
import { findUnread } from './unread.queries.ts'

export type Composed = { mail: Mail } | { suppressed: string }

/** What a mail says is decided when it leaves. */
export async function composeMail(deps: CoreDeps, message: OutgoingMessage): Promise<Composed> {
  const { purpose, payload } = message
  if (purpose !== 'notification' && purpose !== 'digest') return { mail: openMail(deps.config, payload) }
  const asked = await findUnread(deps, message)
  if ('suppressed' in asked) return asked
  const { recipient, unread } = asked
  if (purpose === 'digest') return { mail: digestMail(deps.config, recipient, unread) }
  return { mail: notificationMail(deps.config, recipient, unread[0]!) }
}
