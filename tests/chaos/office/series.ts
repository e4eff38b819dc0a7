import { query } from './database.ts'
import type { Office } from './office.ts'

const NEXT = `
  select id, title, closed_at is null as open from task where title = any($1) and id <> all($2)`

interface Next {
  id: string
  title: string
  open: boolean
}

/** Each closed task is followed by one, of which nobody is told: it is theirs already. */
export async function judgeSeries({ databaseUrl, book, ledger }: Office): Promise<void> {
  const { followed } = book
  const rows = await query<Next>(databaseUrl, NEXT, [
    followed.map(({ title }) => title),
    followed.map(({ taskId }) => taskId),
  ])
  const byTitle = Map.groupBy(rows, ({ title }) => title)
  for (const { title } of followed) {
    const next = byTitle.get(title) ?? []
    const open = next.filter((one) => one.open)
    if (next.length !== 1 || open.length !== 1) {
      ledger.fault(`"${title}" is followed by ${next.length} tasks, ${open.length} of them open`)
    }
    for (const { id } of next) book.taskIds.add(id)
  }
}
