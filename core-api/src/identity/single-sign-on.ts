import { z } from 'zod'
import { type Auth, type AuthNeeds, createAuth, discoveryUrl, type Oidc } from './auth.ts'

const PATIENCE_MS = 5_000
const TRY_AGAIN_MS = 15_000

const Discovery = z.object({ authorization_endpoint: z.url(), token_endpoint: z.url(), jwks_uri: z.url() })

export type AuthInUse = { current: Auth; offersOidc: boolean; close(): void }

// Passwords work from the first moment; single sign-on joins when the provider answers, however late that is.
export function createAuthInUse(needs: AuthNeeds): AuthInUse {
  const { config, log } = needs
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const inUse: AuthInUse = {
    current: createAuth(needs, undefined),
    offersOidc: false,
    close() {
      closed = true
      clearTimeout(timer)
    },
  }

  async function join(oidc: Oidc): Promise<void> {
    try {
      const answer = await fetch(discoveryUrl(oidc), { signal: AbortSignal.timeout(PATIENCE_MS) })
      Discovery.parse(await answer.json())
      const auth = createAuth(needs, oidc)
      await auth.$context
      inUse.current = auth
      inUse.offersOidc = true
    } catch (error) {
      log.warn({ err: error, issuer: oidc.issuer }, 'single sign-on is not available')
      if (!closed) timer = setTimeout(join, TRY_AGAIN_MS, oidc).unref()
    }
  }

  if (config.oidc) void join(config.oidc)
  return inUse
}
