import type { CoreDeps } from '../core-deps.ts'
import type { Delivery } from '../deliveries/delivery.ts'
import type { Mail } from './mail.ts'
import { openMail } from './posting.ts'

export type Composed = { mail: Mail } | { suppressed: string }

/** What a mail says is decided when it leaves. */
export async function composeMail({ config }: CoreDeps, { payload }: Delivery): Promise<Composed> {
  return { mail: openMail(config, payload) }
}
