import { Migration } from '@mikro-orm/migrations'
import { NOTIFY } from './notify-people.ts'

export class WaitingMessages extends Migration {
  override up(): void {
    this.addSql('alter table notification add column unread_since timestamptz(3)')
    this.addSql(NOTE_UNREAD_SINCE)
    this.addSql(`
      create trigger note_unread_since before update on notification for each row
        when ((old.read_at is not null or old.archived_at is not null) and new.read_at is null and new.archived_at is null)
        execute function note_unread_since()`)

    this.addSql('alter table delivery add column uncounted int not null default 0')
    this.addSql(`
      update delivery d set payload = (
        select json_build_object('news', json_object_agg(one.key || ' ' || one.value, iso(d.created_at)))
        from json_each_text(d.payload -> 'reasons') one)
      where purpose in ('notification', 'digest') and payload -> 'reasons' is not null`)
    this.addSql(`
      update delivery d set status = 'suppressed', reason = 'a later message says the same', next_attempt_at = null
      from (
        select id, row_number() over (
          partition by user_id, kind, target_id, notification_ids[1] order by created_at desc, id desc) as nth
        from delivery where status = 'queued' and purpose = 'notification'
      ) twin
      where twin.id = d.id and twin.nth > 1`)
    this.addSql('drop index delivery_waiting')
    this.addSql(`
      create unique index delivery_waiting on delivery (user_id, kind, target_id, (notification_ids[1])) nulls not distinct
        where status = 'queued' and purpose = 'notification'`)
    this.addSql(`
      create index delivery_under_way on delivery (coalesce(target_id, user_id))
        where status = 'sending' and kind <> 'email'`)

    this.addSql('alter table webhook add column failed_on date, add column failing_days int not null default 0')
    this.addSql('drop function notify_people')
    for (const text of [JOIN_NEWS, CLAIM, SETTLE, PUT_OFF, NOTIFY]) this.addSql(text)
  }
}

/** What was read or put away and has news again is unread from then on. */
const NOTE_UNREAD_SINCE = `
create function note_unread_since() returns trigger language plpgsql as $$
begin
  new.unread_since := new.updated_at;
  return new;
end $$`

/** What a message that waits has to say: each reason, and when it was given last. */
const JOIN_NEWS = `
create function join_news(p_before json, p_after json) returns json language sql stable parallel safe
return json_build_object('news',
  coalesce((p_before -> 'news')::jsonb, '{}') || coalesce((p_after -> 'news')::jsonb, '{}'))`

/**
 * As before, but no receiver other than a mail server is sent more than two at a time: one that keeps silent would take
 * the room of all others. Of those that are due, the nearest are looked at.
 */
const CLAIM = `
create or replace function claim_deliveries(p_room json, p_now timestamptz, p_until timestamptz) returns setof delivery
language sql volatile security definer set search_path = public as $$
  update delivery d set status = 'sending', attempts = d.attempts + 1, next_attempt_at = p_until
  from json_each_text(p_room) room, lateral (
    select id from delivery
    where status in ('queued', 'sending') and next_attempt_at <= p_now and id in (
      select near.id from (
        select c.id, row_number() over (partition by coalesce(c.target_id, c.user_id) order by c.next_attempt_at, c.id)
            + (select count(*) from delivery u
              where u.status = 'sending' and u.kind <> 'email' and u.next_attempt_at > p_now
                and coalesce(u.target_id, u.user_id) = coalesce(c.target_id, c.user_id)) as place
        from (
          select id, target_id, user_id, next_attempt_at from delivery
          where kind = room.key and status in ('queued', 'sending') and next_attempt_at <= p_now
            and (kind = 'email' or (coalesce(target_id, user_id) in (
              select coalesce(target_id, user_id) from delivery
              where status = 'sending' and kind <> 'email' and next_attempt_at > p_now
              group by 1 having count(*) >= 2)) is not true)
          order by next_attempt_at limit 200
        ) c
      ) near
      where room.key = 'email' or near.place <= 2)
    order by next_attempt_at limit room.value::int
    for update skip locked
  ) due
  where d.id = due.id
  returning d.*
$$`

/**
 * A message that is done keeps what was sent only if it may be sent again. One that is put off has failed at nothing:
 * the attempt does not count. If another waits already where it would wait, that one says what both have to say.
 */
const SETTLE = `
create or replace function settle_delivery(
  p_id uuid, p_attempts int, p_status text, p_reason text, p_error text, p_next timestamptz, p_sent timestamptz,
  p_recipient text, p_answer json
) returns boolean language plpgsql security definer set search_path = public as $$
begin
  update delivery set status = p_status, reason = p_reason, last_error = coalesce(p_error, last_error),
    next_attempt_at = p_next, sent_at = p_sent, recipient = coalesce(p_recipient, recipient),
    answer = coalesce(p_answer, answer),
    uncounted = uncounted + case when p_status = 'queued' and p_error is null then 1 else 0 end,
    payload = case when purpose = 'transactional' and p_status <> 'queued' then null else payload end
  where id = p_id and attempts = p_attempts and status = 'sending';
  return found;
exception when unique_violation then
  with done as (
    update delivery set status = 'suppressed', reason = 'a later message says the same',
      last_error = coalesce(p_error, last_error), next_attempt_at = null
    where id = p_id and attempts = p_attempts and status = 'sending'
    returning *
  )
  update delivery w set payload = join_news(done.payload, w.payload),
    notification_ids = array(select unnest(w.notification_ids) union select unnest(done.notification_ids))
  from done
  where w.status = 'queued' and w.user_id = done.user_id and w.kind = done.kind and w.purpose = done.purpose
    and case done.purpose
      when 'digest' then w.workspace_id = done.workspace_id and w.next_attempt_at = p_next
      else w.target_id is not distinct from done.target_id and w.notification_ids[1] = done.notification_ids[1] end;
  return true;
end $$`

/** Leaves these out of a digest that is being sent, for a later one. */
const PUT_OFF = `
create function put_off_news(p_id uuid, p_attempts int, p_ids uuid[], p_later uuid, p_at timestamptz) returns void
language sql volatile security definer set search_path = public as $$
  with rest as (
    update delivery set notification_ids = array(select unnest(notification_ids) except select unnest(p_ids))
    where id = p_id and attempts = p_attempts and status = 'sending'
    returning *
  )
  insert into delivery as d (id, workspace_id, user_id, kind, purpose, recipient, notification_ids, payload,
    next_attempt_at, created_at)
  select p_later, workspace_id, user_id, kind, purpose, recipient, p_ids, payload, p_at, created_at from rest
  on conflict (user_id, workspace_id, next_attempt_at) where status = 'queued' and kind = 'email' and purpose = 'digest'
  do update set payload = join_news(d.payload, excluded.payload),
    notification_ids = array(select unnest(d.notification_ids) union select unnest(excluded.notification_ids))
$$`
