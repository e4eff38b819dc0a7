import type { Ctx } from '../context.ts'
import { Conflict } from '../errors.ts'

const KEY_LIMIT = 5

/** `Web site` becomes WEBS, or WEBS2 where that is taken: short, and the same for ever in every link. */
export async function findFreeKey(ctx: Ctx, workspaceId: string, name: string): Promise<string> {
  const stem = stemOf(name)
  const rows = await ctx.tx.sql<{ key: string }>(
    `select key from board where workspace_id = $1 and key ~ ('^' || $2 || '[0-9]*$')`,
    [workspaceId, stem],
  )
  const taken = new Set(rows.map((row) => row.key))
  for (let n = 1; ; n++) {
    const key = n === 1 ? stem : `${stem}${n}`
    if (!taken.has(key)) return key
  }
}

/** Somebody chose this key: it is theirs, or nobody's. */
export async function demandFreeKey(ctx: Ctx, workspaceId: string, key: string): Promise<void> {
  const [taken] = await ctx.tx.sql('select from board where workspace_id = $1 and key = $2', [workspaceId, key])
  if (!taken) return
  throw new Conflict('boards.key_taken', 'Another board of this workspace has this key.', {
    errors: [{ path: 'key', message: 'is the key of another board' }],
  })
}

function stemOf(name: string): string {
  const letters = name
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z]/g, '')
  return letters.slice(0, KEY_LIMIT) || 'B'
}
