import type { TestApp } from './app.ts'
import { sqlAsOwner } from './boards.ts'

/** Members who never sign in, made all at once. */
export async function addCrowd(app: TestApp, workspaceId: string, count: number): Promise<string[]> {
  const rows = await sqlAsOwner<{ id: string }>(
    app,
    `with people as (
       insert into auth_user (id, name, email)
       select gen_random_uuid(), 'Person ' || n, gen_random_uuid() || '@example.org' from generate_series(1, $2::int) n
       returning id
     )
     insert into workspace_member (workspace_id, user_id, role) select $1, id, 'member' from people
     returning user_id as id`,
    [workspaceId, count],
  )
  return rows.map(({ id }) => id)
}

/** Of each of these people: what they were told of a subject, as rows and as facts. */
export const toldTo = (app: TestApp, userIds: string[]) =>
  sqlAsOwner<{ told: number; unread: number; counted: number | null }>(
    app,
    `select (select count(*)::int from event e where e.stream = 'u:' || u.id and e.type = 'notification.created') as told,
       (select coalesce(sum(unread_count), 0)::int from notification n where n.user_id = u.id) as unread,
       (select (data ->> 'unread')::int from event e where e.stream = 'u:' || u.id order by seq desc limit 1) as counted
     from unnest($1::uuid[]) u (id)`,
    [userIds],
  )
