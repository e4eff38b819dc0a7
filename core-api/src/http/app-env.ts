import type { HttpBindings } from '@hono/node-server'
import type { Actor } from './authenticate.ts'

export type AppEnv = {
  Bindings: Partial<HttpBindings>
  Variables: {
    requestId: string
    /** The caller's network address, as the gateway saw it. */
    address: string
    /** Who asks; on a public route there may be nobody. */
    actor: Actor
    /** The JSON body as it was sent, for comparing repeated requests. */
    bodyText: string | undefined
  }
}
