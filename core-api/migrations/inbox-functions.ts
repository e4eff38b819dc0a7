export const UNREAD = 'read_at is null and archived_at is null and snoozed_until is null and shown'

export const RANK = `
create function reason_rank(p_reason text) returns int language sql immutable parallel safe
return array_position(array['mentioned', 'assigned', 'overdue', 'due_soon', 'reminder', 'invited', 'access_lost',
  'unassigned', 'commented', 'status_changed'], p_reason)`

export const UNREAD_OF = `
create function unread_of(p_user uuid) returns int language sql volatile
return (select count(*)::int from notification where user_id = p_user and ${UNREAD})`

export const DTO = `
create function notification_dto(n notification) returns json language sql stable
return json_build_object(
  'id', n.id, 'workspaceId', n.workspace_id, 'boardId', n.board_id, 'taskId', n.task_id, 'key', n.key, 'title', n.title,
  'reason', n.reason, 'actors', n.actors,
  'latest', json_build_object('type', n.latest_type, 'at', iso(n.latest_at), 'excerpt', n.excerpt, 'late', n.late),
  'unreadCount', n.unread_count, 'readAt', iso(n.read_at), 'archivedAt', iso(n.archived_at),
  'snoozedUntil', iso(n.snoozed_until), 'updatedAt', iso(n.updated_at))`

// The inbox of somebody else is written by what happens to the things that they see. These functions are all that can
// do it: they run as the owner, and check by hand that it happens in the tenant of the transaction.
export const IN_TENANT = `
create function demand_tenant(p_workspaces uuid[]) returns void language plpgsql as $$
begin
  if not p_workspaces <@ coalesce(nullif(current_setting('app.workspaces', true), '')::uuid[], '{}') then
    raise exception 'notification outside of the tenant' using errcode = 'insufficient_privilege';
  end if;
end $$`

/** Until the commit nobody else changes these inboxes: what is counted stays true, in the order of their streams. */
export const LOCK_INBOXES = `
create function lock_inboxes(p_users uuid[]) returns void
language sql volatile security definer set search_path = public as $$
  insert into inbox_dirty (user_id) select distinct one from unnest(p_users) one order by 1
  on conflict (user_id) do update set at = excluded.at
$$`

export const REMOVE = `
create function remove_notifications(p_ids uuid[]) returns setof uuid
language plpgsql volatile security definer set search_path = public as $$
begin
  return query
  with gone as (delete from notification n where n.id = any(p_ids) returning n.user_id, n.id),
  per_person as (select g.user_id, array_agg(g.id) as ids from gone g group by g.user_id)
  update inbox_dirty d set removed = d.removed || g.ids from per_person g where d.user_id = g.user_id
  returning d.user_id;
end $$`

/** Of these people (or of all) about these boards, this task, or everything in the workspace. Answers whose it were. */
export const FORGET = `
create function forget_notifications(p_workspace uuid, p_users uuid[], p_boards uuid[], p_task uuid) returns setof uuid
language plpgsql volatile security definer set search_path = public as $$
declare v_ids uuid[]; v_users uuid[];
begin
  perform demand_tenant(array[p_workspace]);
  select array_agg(n.id), array_agg(n.user_id) into v_ids, v_users from notification n
  where n.workspace_id = p_workspace and (p_users is null or n.user_id = any(p_users))
    and (p_boards is null or n.board_id = any(p_boards)) and (p_task is null or n.task_id = p_task);
  if v_ids is null then return; end if;
  perform lock_inboxes(v_users);
  return query select remove_notifications(v_ids);
end $$`

/** A task is on another board now, under another key: whoever sees it there is told so, for the others it is gone. */
export const FOLLOW_TASK = `
create function follow_task(p_workspace uuid, p_task uuid, p_board uuid, p_key text) returns setof uuid
language plpgsql volatile security definer set search_path = public as $$
declare v_users uuid[]; v_lost uuid[];
begin
  perform demand_tenant(array[p_workspace]);
  select array_agg(n.user_id), array_agg(n.id) filter (where not (exists (
    select from board b join workspace_member m on m.workspace_id = b.workspace_id and m.user_id = n.user_id
    left join board_member bm on bm.board_id = b.id and bm.user_id = n.user_id
    where b.id = p_board and (bm.user_id is not null or (b.visibility = 'workspace' and m.role <> 'guest')))))
  into v_users, v_lost from notification n where n.workspace_id = p_workspace and n.task_id = p_task;
  if v_users is null then return; end if;
  perform lock_inboxes(v_users);
  perform remove_notifications(v_lost);
  with moved as (
    update notification n set board_id = p_board, key = p_key where n.task_id = p_task returning n.user_id, n.id, n.shown
  )
  update inbox_dirty d set tell = array_append(array_remove(d.tell, m.id), m.id) from moved m
  where d.user_id = m.user_id and m.shown;
  return query select distinct unnest(v_users);
end $$`

/** What was said last is taken back: nobody reads it any more, and whoever had nothing else to read has nothing. */
export const RETRACT = `
create function retract_comment(p_workspace uuid, p_task uuid, p_comment uuid) returns setof uuid
language plpgsql volatile security definer set search_path = public as $$
declare v_users uuid[];
begin
  perform demand_tenant(array[p_workspace]);
  select array_agg(n.user_id) into v_users from notification n
  where n.workspace_id = p_workspace and n.task_id = p_task and n.comment_id = p_comment;
  if v_users is null then return; end if;
  perform lock_inboxes(v_users);
  perform remove_notifications(array(select n.id from notification n where n.task_id = p_task
    and n.comment_id = p_comment and n.read_at is null and n.archived_at is null and n.unread_count = 1));
  with emptied as (
    update notification n set excerpt = null, comment_id = null,
      unread_count = case when n.read_at is null then greatest(n.unread_count - 1, 1) else n.unread_count end
    where n.task_id = p_task and n.comment_id = p_comment returning n.user_id, n.id, n.shown
  )
  update inbox_dirty d set tell = array_append(array_remove(d.tell, e.id), e.id) from emptied e
  where d.user_id = e.user_id and e.shown;
  return query select distinct unnest(v_users);
end $$`

/**
 * One step for inboxes that have changed: the next notification that could not be told with its act, and when there is
 * none left, the count. Those that somebody is just changing are left to them.
 */
export const SETTLE = `
create function settle_inboxes(p_users uuid[])
returns table (user_id uuid, notification json, unread int, removed uuid[])
language plpgsql volatile security definer set search_path = public as $$
#variable_conflict use_column
declare v_dirty inbox_dirty;
begin
  for v_dirty in select * from inbox_dirty d where d.user_id = any(p_users) order by d.user_id for update skip locked loop
    user_id := v_dirty.user_id; notification := null; removed := null; unread := unread_of(v_dirty.user_id);
    if v_dirty.tell = '{}' then
      delete from inbox_dirty d where d.user_id = v_dirty.user_id;
      removed := v_dirty.removed;
    else
      update inbox_dirty d set tell = v_dirty.tell[2:] where d.user_id = v_dirty.user_id;
      select notification_dto(n) into notification from notification n where n.id = v_dirty.tell[1] and n.shown;
    end if;
    return next;
  end loop;
end $$`

/** What a process left behind that died before it could count. */
export const DIRTY = `
create function dirty_inboxes(p_age interval, p_limit int) returns setof uuid
language sql volatile security definer set search_path = public as $$
  select user_id from inbox_dirty where at < clock_timestamp() - p_age order by at limit p_limit
$$`

export const BEGIN_BATCH = `
create function begin_batch(p_txn uuid, p_part int) returns boolean
language plpgsql volatile security definer set search_path = public as $$
begin
  insert into notification_batch (txn, part) values (p_txn, p_part) on conflict do nothing;
  return found;
end $$`

/** Brings back those whose time has come. */
export const WAKE = `
create function wake_snoozed(p_now timestamptz, p_limit int) returns table (user_id uuid, ids uuid[], unread int)
language plpgsql volatile security definer set search_path = public as $$
#variable_conflict use_column
declare v_due uuid[]; v_users uuid[];
begin
  select array_agg(due.id), array_agg(due.user_id) into v_due, v_users from (
    select n.id, n.user_id from notification n where n.snoozed_until <= p_now order by n.snoozed_until limit p_limit
  ) due;
  if v_due is null then return; end if;
  perform lock_inboxes(v_users);
  with awake as (
    update notification n set snoozed_until = null where n.id = any(v_due) and n.snoozed_until <= p_now returning n.id
  )
  select array_agg(a.id) into v_due from awake a;
  return query
  select n.user_id, array_agg(n.id), unread_of(n.user_id) from notification n
  where n.id = any(v_due) group by n.user_id;
end $$`
