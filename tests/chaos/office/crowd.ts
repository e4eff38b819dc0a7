import { newId } from '@taskflow/shared/ids.ts'
import type { Person } from '../../../core-api/src/testing/person.ts'
import { query } from './database.ts'
import type { Room } from './office.ts'

/** So many that workers tell them, in more than one part. */
const WATCHERS = 130

const MAKE = `
  with people as (
    insert into auth_user (id, name, email)
    select gen_random_uuid(), 'Watcher ' || n, gen_random_uuid() || '@example.org' from generate_series(1, $2::int) n
    returning id
  )
  insert into workspace_member (workspace_id, user_id, role) select $1, id, 'member' from people
  returning user_id as id`
const WATCH = 'update task set watcher_ids = $2 where id = $1'

/** A task that many watch, who never look. */
export async function openWatched({ ask, book, boardId, workspaceId, databaseUrl }: Room, by: Person) {
  const id = newId()
  book.taskIds.add(id)
  await ask(by, 'POST', `/api/boards/${boardId}/tasks`, { id, title: 'Watched by many' })
  const rows = await query<{ id: string }>(databaseUrl, MAKE, [workspaceId, WATCHERS])
  const watchers = rows.map((row) => row.id)
  await query(databaseUrl, WATCH, [id, watchers])
  return {
    async act() {
      const { at } = await ask(by, 'POST', `/api/tasks/${id}/comments`, { body: 'To all.' })
      book.oweAll({ by: by.userId, taskId: id, act: null, at }, { commented: watchers })
    },
  }
}
