import type { CoreDeps } from '../core-deps.ts'

/** One after the other, also when one of them fails: the others are not to wait for it. Throws the first fault at the end. */
export async function eachApart<Item>(
  { pool, log }: CoreDeps,
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const faults: unknown[] = []
  for (const item of items) {
    try {
      await act(item)
    } catch (error) {
      faults.push(error)
      log.warn({ err: error, item }, 'one of many could not be dealt with')
      // Without the database none of the others would fare better.
      await pool.query('select')
    }
  }
  if (faults.length > 0) throw faults[0]
}
