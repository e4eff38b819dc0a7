import { openMailbox } from '../../core-api/src/testing/mailbox.ts'
import { openReceiver } from '../../core-api/src/testing/receiver.ts'

const UNREAD_FOR_MS = 1_500

export type Outside = Awaited<ReturnType<typeof openOutside>>

/** A mail server and a receiver of webhooks, and how the stack finds them. Both take everything. */
export async function openOutside() {
  const [mailbox, receiver] = await Promise.all([openMailbox(), openReceiver()])
  return {
    mailbox,
    receiver,
    env: { SMTP_URL: mailbox.url, MAIL_DELAY_MS: String(UNREAD_FOR_MS), OUTBOUND_ALLOW: '127.0.0.1' },
    async close() {
      receiver.close()
      await mailbox.close()
    },
  }
}
