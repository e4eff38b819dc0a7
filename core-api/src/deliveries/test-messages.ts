import type { DeliveryKind } from '@taskflow/shared/dto/operations.ts'
import type { WriteCtx } from '../context.ts'
import { Unprocessable } from '../errors.ts'
import { sendTestMail } from '../mail/test-mail.ts'
import { sendTestPush } from '../push/notification-push.ts'
import { sendTestToPersonal } from '../webhooks/personal-webhook.ts'

/** Leaves a test message to the actor, and answers its id. */
type SendTest = (ctx: WriteCtx) => Promise<string>

/** The channels to a person that can be tried. All of them are listed here. */
const tests: Partial<Record<DeliveryKind, SendTest>> = {
  email: sendTestMail,
  push: sendTestPush,
  webhook: sendTestToPersonal('webhook'),
  slack: sendTestToPersonal('slack'),
}

export async function sendTestMessage(ctx: WriteCtx, channel: DeliveryKind): Promise<{ id: string }> {
  const send = tests[channel]
  if (!send) throw new Unprocessable('deliveries.no_channel', 'There is nowhere to send this to.')
  return { id: await send(ctx) }
}
