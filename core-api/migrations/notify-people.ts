/**
 * Tells people of one act: one row per person and subject, which grows until it is read. At most one news per person.
 * What the app is not to show has a row of its own, so that it leaves alone what the app shows; it counts as read once no
 * mail about it waits. What many are told may come after what happened later: that stays the latest.
 * Whoever cannot see the board, has muted it or wants to hear nothing of the kind is left out. Answers those who were
 * told, each with the whole count, and how they want to be told beside.
 */
export const NOTIFY = `
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
      reason text, type text, excerpt text, comment_id uuid, column_id uuid, late boolean, later boolean,
      defaults jsonb)
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
      and (n.reason in ('reminder', 'invited', 'access_lost', 'webhook_disabled') or not exists (
        select from mute where mute.user_id = n.user_id and mute.workspace_id = n.workspace_id
          and (mute.board_id is null or mute.board_id = n.board_id)))
  ) t;
  if v_told is null then return; end if;
  perform lock_inboxes(array(select t.user_id from json_to_recordset(v_told) as t (user_id uuid)));
  select json_agg(json_build_object('id', id, 'name', name, 'image', image)) into v_actor
  from auth_user where id = p_actor;

  update notification n set read_at = p_at
  from json_to_recordset(v_told) as t (user_id uuid, subject_id uuid, app boolean)
  where not coalesce(t.app, false) and n.user_id = t.user_id and n.subject_id = t.subject_id and not n.shown
    and n.txn <> p_txn
    and not exists (select from delivery d where d.user_id = n.user_id and d.notification_ids[1] = n.id
      and d.status = 'queued' and d.kind = 'email' and d.purpose = 'notification')
    and not exists (select from delivery d where d.user_id = n.user_id and n.id = any(d.notification_ids)
      and d.status = 'queued' and d.kind = 'email' and d.purpose = 'digest');

  with upserted as (
    insert into notification as n (id, workspace_id, user_id, board_id, task_id, subject_id, key, title, reason, actors,
      latest_type, latest_at, excerpt, comment_id, late, unread_count, updated_at, shown, txn)
    select t.id, t.workspace_id, t.user_id, t.board_id, t.task_id, t.subject_id, t.key,
      coalesce(t.title, (select name from board where id = t.subject_id),
        (select name from workspace where id = t.subject_id), ''),
      t.reason, coalesce(v_actor, '[]'), t.type, p_at,
      coalesce(t.excerpt, (select name from board_column where id = t.column_id)), t.comment_id,
      coalesce(t.late, false), 1, p_at,
      coalesce(t.app, false), p_txn
    from json_to_recordset(v_told) as t (
      id uuid, user_id uuid, workspace_id uuid, board_id uuid, task_id uuid, subject_id uuid, key text, title text,
      reason text, type text, excerpt text, comment_id uuid, column_id uuid, late boolean, app boolean)
    on conflict (user_id, subject_id, shown) do update set
      workspace_id = excluded.workspace_id, board_id = excluded.board_id, task_id = excluded.task_id, key = excluded.key,
      title = excluded.title,
      reason = case when n.read_at is null and n.archived_at is null
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
      latest_type = case when excluded.latest_at < n.latest_at then n.latest_type else excluded.latest_type end,
      excerpt = case when excluded.latest_at < n.latest_at then n.excerpt else excluded.excerpt end,
      comment_id = case when excluded.latest_at < n.latest_at then n.comment_id else excluded.comment_id end,
      late = case when excluded.latest_at < n.latest_at then n.late else excluded.late end,
      latest_at = greatest(n.latest_at, excluded.latest_at), updated_at = greatest(n.updated_at, excluded.updated_at),
      unread_count = case when n.read_at is null and n.archived_at is null then n.unread_count + 1 else 1 end,
      read_at = null, archived_at = null, snoozed_until = null, txn = excluded.txn
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
