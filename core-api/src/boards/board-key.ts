import type { Ctx } from '../context.ts'

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

function stemOf(name: string): string {
  const letters = name
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z]/g, '')
  return letters.slice(0, KEY_LIMIT) || 'B'
}
