import type { WebhookKind } from '@taskflow/shared/dto/webhook.ts'
import type { Ctx } from '../context.ts'
import { Invalid } from '../errors.ts'
import { UnsafeAddress } from '../http/safe-fetch.ts'
import { seal, unseal } from '../lib/sealing.ts'
import type { CoreDeps } from '../core-deps.ts'

const LABEL = 'webhook'

/** An address as it is kept: sealed, and as much of it as may be shown. */
export function toAddress({ deps }: Ctx, kind: WebhookKind, address: string): { url: string; shown: string } {
  try {
    const { href, origin, pathname } = deps.outbound.check(address)
    return { url: sealed(deps, href), shown: kind === 'slack' ? `${origin}/…` : origin + pathname }
  } catch (error) {
    if (error instanceof UnsafeAddress) throw new Invalid([{ path: 'url', message: error.message }], 'webhooks.address')
    throw error
  }
}

export const sealed = ({ config }: CoreDeps, text: string): string => seal(config, LABEL, text)
export const unsealed = ({ config }: CoreDeps, text: string): string => unseal(config, LABEL, text)
