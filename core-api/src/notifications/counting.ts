import type { Notification } from '@taskflow/shared/dto/notification.ts'
import { write, type WriteCtx } from '../context.ts'
import type { CoreDeps } from '../core-deps.ts'
import { eachApart } from '../jobs/each-apart.ts'
import { systemAnywhere } from '../jobs/system-actor.ts'
import { recordForUser } from '../streams/record.ts'

/** What happens to one person within this time is counted once. */
const WAIT_MS = 100
const AT_ONCE = 100
/** Older than that, whoever should have counted is dead. */
const LEFT_BEHIND = '1 second'

interface Settled extends Record<string, unknown> {
  userId: string
  /** One that could not be told with its act, since its stream had another fact of it. */
  notification: Notification | null
  unread: number
  /** Null as long as something remains to be told before the count. */
  removed: string[] | null
}

const SETTLE = `
  select user_id as "userId", notification, unread, removed from settle_inboxes($1)`

export type Counting = ReturnType<typeof createCounting>

/**
 * After inboxes have changed, tells each person the whole count in a fact of its own. Lost with the process, it is made
 * up for by the workers: whose count is owed stands in the database.
 */
export function createCounting() {
  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  function run(deps: CoreDeps): void {
    timer = undefined
    const userIds = [...waiting]
    waiting.clear()
    running = running
      .then(async () => void (await settle(deps, userIds)))
      .catch((error: unknown) => {
        deps.log.warn({ err: error }, 'inboxes could not be counted')
      })
  }

  return {
    soon(deps: CoreDeps, userIds: string[]): void {
      for (const id of userIds) waiting.add(id)
      timer ??= setTimeout(run, WAIT_MS, deps).unref()
    },

    /** Counts what waits, and waits until it is counted. */
    async settled(deps: CoreDeps): Promise<void> {
      if (timer) {
        clearTimeout(timer)
        run(deps)
      }
      await running
    },
  }
}

/** Counts the inboxes whose count is owed for a while. */
export async function countLeftBehind(deps: CoreDeps): Promise<void> {
  for (;;) {
    const { rows } = await deps.pool.query<{ id: string }>('select dirty_inboxes($1::interval, $2) as id', [
      LEFT_BEHIND,
      AT_ONCE,
    ])
    const settled = await settle(
      deps,
      rows.map(({ id }) => id),
    )
    if (rows.length < AT_ONCE || settled === 0) return
  }
}

async function settle(deps: CoreDeps, userIds: string[]): Promise<number> {
  let settled = 0
  for (let start = 0; start < userIds.length; start += AT_ONCE) {
    const some = userIds.slice(start, start + AT_ONCE)
    try {
      settled += await settleTogether(deps, some)
    } catch (error) {
      deps.log.warn({ err: error }, 'inboxes could not be counted together')
      await eachApart(deps, some, async (id) => void (settled += await settleTogether(deps, [id])))
    }
  }
  return settled
}

async function settleTogether(deps: CoreDeps, userIds: string[]): Promise<number> {
  let settled = 0
  for (let left = userIds; left.length > 0;) {
    const rows = await settleOnce(deps, left)
    settled += rows.length
    left = rows.filter(({ removed }) => removed === null).map(({ userId }) => userId)
  }
  return settled
}

async function settleOnce(deps: CoreDeps, userIds: string[]): Promise<Settled[]> {
  let settled: Settled[] = []
  await write(deps, { actor: systemAnywhere }, async (ctx) => {
    settled = await ctx.tx.sql<Settled>(SETTLE, [userIds])
    for (const one of settled) recordSettled(ctx, one)
    return { status: 204 }
  })
  return settled
}

function recordSettled(ctx: WriteCtx, { userId, notification, unread, removed }: Settled): void {
  if (notification) {
    recordForUser(ctx, userId, { type: 'notification.created', data: { ...notification, unread } })
  } else if (removed) {
    const data = removed.length > 0 ? { unread, removedIds: removed } : { unread }
    recordForUser(ctx, userId, { type: 'inbox.counted', data })
  }
}
