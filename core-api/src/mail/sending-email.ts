import type { CoreDeps } from '../core-deps.ts'
import type { OutgoingMessage } from '../deliveries/outgoing-message.ts'
import type { Outcome } from '../deliveries/senders.ts'
import { composeMail } from './composing.ts'
import { messageId } from './mail.ts'

export const NO_MAIL_SERVER = 'no mail server configured'

/** Refusals that concern this message for good, in the terms of RFC 5321. */
const PERMANENT = /^5\d\d$/
const ABOUT_THE_MESSAGE = new Set(['MAIL FROM', 'RCPT TO', 'DATA'])

export async function sendEmail(deps: CoreDeps, delivery: OutgoingMessage, signal: AbortSignal): Promise<Outcome> {
  const composed = await composeMail(deps, delivery)
  if ('status' in composed) return composed
  const { mail } = composed
  if (!deps.mailServer) {
    deps.log.info({ mail: { to: mail.to, subject: mail.subject, text: mail.text } }, 'mail')
    return { status: 'suppressed', reason: NO_MAIL_SERVER }
  }
  try {
    const answer = await deps.mailServer.send(mail, messageId(deps.config.publicUrl, delivery.id), signal)
    return { status: 'sent', recipient: mail.to, answer }
  } catch (error) {
    return failureOf(error)
  }
}

function failureOf(error: unknown): Outcome {
  const { message, response, responseCode, command } = error as Error & {
    response?: string
    responseCode?: number
    command?: string
  }
  const permanent = PERMANENT.test(String(responseCode)) && ABOUT_THE_MESSAGE.has(command ?? '')
  return { status: 'failed', error: (response ?? message).slice(0, 1000), permanent }
}
