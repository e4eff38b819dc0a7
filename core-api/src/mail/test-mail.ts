import type { WriteCtx } from '../context.ts'
import { getUser } from '../me/me.queries.ts'
import { postMail } from './posting.ts'

/** To the actor's own address, so that they see whether mail arrives. */
export async function sendTestMail(ctx: WriteCtx): Promise<string> {
  const { id, name, email } = await getUser(ctx)
  const text = `Hello ${name},\n\nyou asked for a test: mail from Taskflow reaches you.\n\n${ctx.deps.config.publicUrl}\n`
  return postMail(ctx, { to: email, subject: 'Mail from Taskflow reaches you', text }, { userId: id, purpose: 'test' })
}
