import type { Ctx } from '../context.ts'

/** How many notifications the actor has not read: the one place that counts them. */
export async function unreadCount(_ctx: Ctx): Promise<number> {
  return 0
}
