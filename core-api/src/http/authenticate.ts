import type { Context } from 'hono'
import { Unauthorized } from '../errors.ts'
import type { AppEnv } from './app-env.ts'

export type Actor = {
  /** `system` is a job: it never comes in by HTTP. */
  kind: 'user' | 'key' | 'system'
  /** The person who acts, or whose key it is; nobody's id for the system. */
  id: string
  name: string
  sessionId?: string
  /** A key and the system act in one workspace only. */
  workspaceId?: string
}

/** Knows one kind of credential. `undefined` = not mine, ask the next; `null` = mine, and not valid. */
export type Authenticator = (c: Context<AppEnv>) => Verdict | Promise<Verdict>
type Verdict = Actor | null | undefined

export function authenticate(c: Context<AppEnv>, authenticators: Authenticator[], from = 0): Actor | Promise<Actor> {
  for (let index = from; index < authenticators.length; index++) {
    const verdict = authenticators[index]!(c)
    if (verdict instanceof Promise) {
      return verdict.then((late) => settle(late) ?? authenticate(c, authenticators, index + 1))
    }
    const actor = settle(verdict)
    if (actor) return actor
  }
  throw new Unauthorized()
}

function settle(verdict: Verdict): Actor | undefined {
  if (verdict === null) throw new Unauthorized('identity.session_ended', 'This session has ended. Sign in again.')
  return verdict
}
