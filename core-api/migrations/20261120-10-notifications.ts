import { Migration } from '@mikro-orm/migrations'
import { isolate, USER, WORKSPACES } from './tenancy.ts'

const MINE = `user_id = ${USER}`
/** Jobs act for nobody in particular, and in one workspace. */
const OF_THE_SYSTEM = `${USER} is null and workspace_id = any(${WORKSPACES})`

export class Notifications extends Migration {
  override up(): void {
    // A task that is told of while it is being made is inserted only with the commit.
    this.addSql(`
      create table notification (
        id uuid primary key,
        workspace_id uuid not null references workspace on delete cascade,
        user_id uuid not null references auth_user on delete cascade,
        board_id uuid,
        task_id uuid,
        subject_id uuid not null,
        key text,
        title text not null,
        reason text not null,
        actors json not null,
        latest_type text not null,
        latest_at timestamptz(3) not null,
        excerpt text,
        late boolean not null default false,
        unread_count int not null,
        read_at timestamptz(3),
        archived_at timestamptz(3),
        snoozed_until timestamptz(3),
        updated_at timestamptz(3) not null,
        shown boolean not null,
        txn uuid not null,
        unique (user_id, subject_id),
        foreign key (workspace_id, task_id) references task (workspace_id, id)
          on delete cascade deferrable initially deferred
      ) with (fillfactor = 80)`)
    this.addSql('create index notification_latest on notification (user_id, updated_at desc, id desc)')
    this.addSql(`create index notification_unread on notification (user_id, workspace_id) where ${UNREAD}`)
    this.addSql('create index notification_snoozed on notification (snoozed_until) where snoozed_until is not null')
    this.addSql('create index notification_task on notification (task_id) where task_id is not null')
    this.addSql('create index notification_board on notification (board_id) where board_id is not null')
    this.addSql('create index notification_workspace on notification (workspace_id)')
    this.addSql(isolate('notification', `${MINE} or (${OF_THE_SYSTEM})`))

    this.addSql(`
      create table preference (
        user_id uuid primary key references auth_user on delete cascade,
        matrix jsonb not null default '{}',
        quiet_hours jsonb,
        digest text not null default 'instant' check (digest in ('instant', 'hourly', 'daily', 'weekly')),
        mail_delay_minutes int check (mail_delay_minutes between 0 and 1440)
      )`)
    this.addSql('alter table preference enable row level security, force row level security')
    this.addSql(`create policy own on preference using (${MINE})`)
    this.addSql('create policy owner on preference to current_user using (true) with check (true)')

    this.addSql(`
      create table mute (
        user_id uuid not null,
        workspace_id uuid not null,
        board_id uuid,
        unique nulls not distinct (user_id, workspace_id, board_id),
        foreign key (workspace_id, user_id) references workspace_member (workspace_id, user_id) on delete cascade,
        foreign key (workspace_id, board_id) references board (workspace_id, id) on delete cascade
      )`)
    this.addSql('create index mute_board on mute (board_id)')
    this.addSql(isolate('mute', `${MINE} and workspace_id = any(${WORKSPACES})`))

    // Whose inbox has changed since it was counted last. Its row is the lock of the inbox: it is taken first.
    this.addSql(`
      create table inbox_dirty (
        user_id uuid primary key,
        at timestamptz not null default clock_timestamp(),
        tell uuid[] not null default '{}',
        removed uuid[] not null default '{}'
      )`)
    // What was told by the worker, so that a job that is done again tells nobody twice.
    this.addSql(`
      create table notification_batch (
        txn uuid not null,
        part int not null,
        at timestamptz not null default clock_timestamp(),
        primary key (txn, part)
      )`)

    for (const text of [
      RANK,
      UNREAD_OF,
      DTO,
      IN_TENANT,
      LOCK_INBOXES,
      NOTIFY,
      REMOVE,
      FORGET,
      FOLLOW_TASK,
      SETTLE,
      DIRTY,
      BEGIN_BATCH,
      WAKE,
    ])
      this.addSql(text)
  }
}

const UNREAD = 'read_at is null and archived_at is null and snoozed_until is null and shown'

const RANK = `
create function reason_rank(p_reason text) returns int language sql immutable parallel safe
return array_position(array['mentioned', 'assigned', 'overdue', 'due_soon', 'reminder', 'invited', 'access_lost',
  'unassigned', 'commented', 'status_changed'], p_reason)`

const UNREAD_OF = `
create function unread_of(p_user uuid) returns int language sql volatile
return (select count(*)::int from notification where user_id = p_user and ${UNREAD})`

const DTO = `
create function notification_dto(n notification) returns json language sql stable
return json_build_object(
  'id', n.id, 'workspaceId', n.workspace_id, 'boardId', n.board_id, 'taskId', n.task_id, 'key', n.key, 'title', n.title,
  'reason', n.reason, 'actors', n.actors,
  'latest', json_build_object('type', n.latest_type, 'at', iso(n.latest_at), 'excerpt', n.excerpt, 'late', n.late),
  'unreadCount', n.unread_count, 'readAt', iso(n.read_at), 'archivedAt', iso(n.archived_at),
  'snoozedUntil', iso(n.snoozed_until), 'updatedAt', iso(n.updated_at))`

// The inbox of somebody else is written by what happens to the things that they see. These functions are all that can
// do it: they run as the owner, and check by hand that it happens in the tenant of the transaction.
const IN_TENANT = `
create function demand_tenant(p_workspaces uuid[]) returns void language plpgsql as $$
begin
  if not p_workspaces <@ coalesce(nullif(current_setting('app.workspaces', true), '')::uuid[], '{}') then
    raise exception 'notification outside of the tenant' using errcode = 'insufficient_privilege';
  end if;
end $$`

/** Until the commit nobody else changes these inboxes: what is counted stays true, in the order of their streams. */
const LOCK_INBOXES = `
create function lock_inboxes(p_users uuid[]) returns void
language sql volatile security definer set search_path = public as $$
  insert into inbox_dirty (user_id) select distinct one from unnest(p_users) one order by 1
  on conflict (user_id) do update set at = excluded.at
$$`

/**
 * Tells people of one act: one row per person and subject, which grows until it is read. At most one news per person.
 * Whoever cannot see the board, has muted it or wants to hear nothing of the kind is left out. Answers those who were
 * told, each with the whole count, and how they want to be told beside.
 */
const NOTIFY = `
create function notify_people(p_txn uuid, p_at timestamptz, p_actor uuid, p_news json)
returns table (
  user_id uuid, notification json, unread int, shown boolean, later boolean, channels json, preferences json
) language plpgsql volatile security definer set search_path = public as $$
#variable_conflict use_column
declare v_told json; v_actor json; v_saved uuid[];
begin
  perform demand_tenant(array(select distinct workspace_id from json_to_recordset(p_news) as x (workspace_id uuid)));
  select json_agg(t order by t.user_id) into v_told from (
    select n.*, c.app, c.email, c.push, c.webhook
    from json_to_recordset(p_news) as n (
      id uuid, user_id uuid, workspace_id uuid, board_id uuid, task_id uuid, subject_id uuid, key text, title text,
      reason text, type text, excerpt text, column_id uuid, late boolean, later boolean, defaults jsonb)
    join auth_user u on u.id = n.user_id and u.disabled_at is null
    left join preference p on p.user_id = n.user_id
    cross join lateral (
      select bool_or(value::boolean) filter (where key = 'app') as app,
             bool_or(value::boolean) filter (where key = 'email') as email,
             bool_or(value::boolean) filter (where key = 'push') as push,
             bool_or(value::boolean) filter (where key = 'webhook') as webhook
      from jsonb_each_text(n.defaults || coalesce(p.matrix -> n.reason, '{}'))
    ) c
    where (c.app or c.email or c.push or c.webhook)
      and (n.task_id is null or exists (
        select from board b join workspace_member m on m.workspace_id = b.workspace_id and m.user_id = n.user_id
        left join board_member bm on bm.board_id = b.id and bm.user_id = n.user_id
        where b.id = n.board_id and (bm.user_id is not null or (b.visibility = 'workspace' and m.role <> 'guest'))))
      and (n.reason in ('reminder', 'invited', 'access_lost') or not exists (
        select from mute where mute.user_id = n.user_id and mute.workspace_id = n.workspace_id
          and (mute.board_id is null or mute.board_id = n.board_id)))
  ) t;
  if v_told is null then return; end if;
  perform lock_inboxes(array(select t.user_id from json_to_recordset(v_told) as t (user_id uuid)));
  select json_agg(json_build_object('id', id, 'name', name, 'image', image)) into v_actor
  from auth_user where id = p_actor;

  with upserted as (
    insert into notification as n (id, workspace_id, user_id, board_id, task_id, subject_id, key, title, reason, actors,
      latest_type, latest_at, excerpt, late, unread_count, updated_at, shown, txn)
    select t.id, t.workspace_id, t.user_id, t.board_id, t.task_id, t.subject_id, t.key,
      coalesce(t.title, (select name from board where id = t.subject_id),
        (select name from workspace where id = t.subject_id), ''),
      t.reason, coalesce(v_actor, '[]'), t.type, p_at,
      coalesce(t.excerpt, (select name from board_column where id = t.column_id)), coalesce(t.late, false), 1, p_at,
      coalesce(t.app, false), p_txn
    from json_to_recordset(v_told) as t (
      id uuid, user_id uuid, workspace_id uuid, board_id uuid, task_id uuid, subject_id uuid, key text, title text,
      reason text, type text, excerpt text, column_id uuid, late boolean, app boolean)
    on conflict (user_id, subject_id) do update set
      workspace_id = excluded.workspace_id, board_id = excluded.board_id, task_id = excluded.task_id, key = excluded.key,
      title = excluded.title,
      reason = case when n.read_at is null and n.archived_at is null and n.shown
        and reason_rank(n.reason) < reason_rank(excluded.reason) then n.reason else excluded.reason end,
      actors = case when n.read_at is null and n.archived_at is null then (
        select coalesce(json_agg(a.person order by a.at), '[]') from (
          select person, at from (
            select person, 0 as at from json_array_elements(excluded.actors) person
            union all
            select person, at from json_array_elements(n.actors) with ordinality as known (person, at)
            where person ->> 'id' is distinct from excluded.actors -> 0 ->> 'id'
          ) people order by at limit 3
        ) a) else excluded.actors end,
      latest_type = excluded.latest_type, latest_at = excluded.latest_at, excerpt = excluded.excerpt,
      late = excluded.late, updated_at = greatest(n.updated_at, excluded.updated_at),
      unread_count = case when n.read_at is null and n.archived_at is null then n.unread_count + 1 else 1 end,
      read_at = null, archived_at = null, snoozed_until = null, shown = n.shown or excluded.shown, txn = excluded.txn
    where n.txn <> excluded.txn
    returning n.id
  )
  select array_agg(id) into v_saved from upserted;

  update inbox_dirty d set tell = d.tell || s.id
  from notification s join json_to_recordset(v_told) as t (user_id uuid, later boolean) on t.user_id = s.user_id and t.later
  where s.id = any(v_saved) and d.user_id = s.user_id;

  return query
  select s.user_id, notification_dto(s), unread_of(s.user_id), s.shown, coalesce(t.later, false),
    json_build_object('email', coalesce(t.email, false), 'push', coalesce(t.push, false),
      'webhook', coalesce(t.webhook, false)),
    json_build_object('digest', coalesce(p.digest, 'instant'), 'quietHours', p.quiet_hours,
      'mailDelayMinutes', p.mail_delay_minutes, 'zone', u.time_zone)
  from notification s
  join json_to_recordset(v_told) as t (user_id uuid, later boolean, email boolean, push boolean, webhook boolean)
    on t.user_id = s.user_id
  join auth_user u on u.id = s.user_id
  left join preference p on p.user_id = s.user_id
  where s.id = any(v_saved);
end $$`

const REMOVE = `
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
const FORGET = `
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
const FOLLOW_TASK = `
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
    update notification n set board_id = p_board, key = p_key where n.task_id = p_task returning n.user_id, n.id
  )
  update inbox_dirty d set tell = array_append(array_remove(d.tell, m.id), m.id) from moved m where d.user_id = m.user_id;
  return query select distinct unnest(v_users);
end $$`

/**
 * One step for inboxes that have changed: the next notification that could not be told with its act, and when there is
 * none left, the count. Those that somebody is just changing are left to them.
 */
const SETTLE = `
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
const DIRTY = `
create function dirty_inboxes(p_age interval, p_limit int) returns setof uuid
language sql volatile security definer set search_path = public as $$
  select user_id from inbox_dirty where at < clock_timestamp() - p_age order by at limit p_limit
$$`

const BEGIN_BATCH = `
create function begin_batch(p_txn uuid, p_part int) returns boolean
language plpgsql volatile security definer set search_path = public as $$
begin
  insert into notification_batch (txn, part) values (p_txn, p_part) on conflict do nothing;
  return found;
end $$`

/** Brings back those whose time has come. */
const WAKE = `
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
