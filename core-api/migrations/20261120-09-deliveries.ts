import { Migration } from '@mikro-orm/migrations'
import { USER, WORKSPACES } from './tenancy.ts'

const VISIBLE = `workspace_id = any(${WORKSPACES}) or user_id = ${USER}`

export class Deliveries extends Migration {
  override up(): void {
    this.addSql(`
      create table delivery (
        id uuid primary key,
        workspace_id uuid references workspace on delete cascade,
        user_id uuid references auth_user on delete cascade,
        kind text not null check (kind in ('email', 'push', 'webhook', 'slack')),
        purpose text not null check (purpose in ('transactional', 'notification', 'digest', 'event', 'test')),
        recipient text not null,
        target_id uuid,
        task_id uuid,
        notification_ids uuid[] not null default '{}',
        payload json,
        status text not null default 'queued'
          check (status in ('queued', 'sending', 'sent', 'failed', 'suppressed')),
        reason text,
        attempts int not null default 0,
        last_error text,
        answer json,
        next_attempt_at timestamptz(3),
        created_at timestamptz(3) not null,
        sent_at timestamptz(3)
      )`)
    this.addSql(`create index delivery_due on delivery (kind, next_attempt_at) where status in ('queued', 'sending')`)
    this.addSql('create index delivery_of_workspace on delivery (workspace_id, created_at desc, id desc)')
    this.addSql('create index delivery_of_user on delivery (user_id, created_at desc, id desc)')
    this.addSql('create index delivery_of_target on delivery (target_id, created_at desc) where target_id is not null')
    this.addSql(`
      create unique index delivery_waiting on delivery (user_id, (notification_ids[1]))
        where status = 'queued' and kind = 'email' and purpose = 'notification'`)
    this.addSql(`
      create unique index delivery_digest on delivery (user_id, workspace_id, next_attempt_at)
        where status = 'queued' and kind = 'email' and purpose = 'digest'`)
    this.addSql('alter table delivery enable row level security, force row level security')
    this.addSql(`
      create policy tenant on delivery using (${VISIBLE})
        with check (workspace_id is null or workspace_id = any(${WORKSPACES}))`)
    this.addSql('create policy owner on delivery to current_user using (true) with check (true)')
    this.addSql(CLAIM)
    this.addSql(HOLD)
    this.addSql(SETTLE)
    this.addSql(FORGET)
  }
}

// The senders serve every tenant at once; these are all that they may do beyond a tenant.

/**
 * What is due, at most as many of each kind as there is room for. While it is being sent, the next attempt is when its
 * sender counts as dead; whoever takes it then raises `attempts`, and the one thought dead can settle nothing more.
 */
const CLAIM = `
create function claim_deliveries(p_room json, p_now timestamptz, p_until timestamptz) returns setof delivery
language sql volatile security definer set search_path = public as $$
  update delivery d set status = 'sending', attempts = d.attempts + 1, next_attempt_at = p_until
  from json_each_text(p_room) room, lateral (
    select id from delivery
    where kind = room.key and status in ('queued', 'sending') and next_attempt_at <= p_now
    order by next_attempt_at limit room.value::int
    for update skip locked
  ) due
  where d.id = due.id
  returning d.*
$$`

const HOLD = `
create function hold_deliveries(p_ids uuid[], p_attempts int[], p_until timestamptz) returns void
language sql volatile security definer set search_path = public as $$
  update delivery d set next_attempt_at = p_until
  from unnest(p_ids, p_attempts) as held (id, attempts)
  where d.id = held.id and d.attempts = held.attempts and d.status = 'sending'
$$`

/** A message that is done keeps what was sent only if it may be sent again. */
const SETTLE = `
create function settle_delivery(
  p_id uuid, p_attempts int, p_status text, p_reason text, p_error text, p_next timestamptz, p_sent timestamptz,
  p_recipient text, p_answer json
) returns boolean language plpgsql security definer set search_path = public as $$
begin
  update delivery set status = p_status, reason = p_reason, last_error = coalesce(p_error, last_error),
    next_attempt_at = p_next, sent_at = p_sent, recipient = coalesce(p_recipient, recipient),
    answer = coalesce(p_answer, answer),
    payload = case when purpose = 'transactional' and p_status <> 'queued' then null else payload end
  where id = p_id and attempts = p_attempts and status = 'sending';
  return found;
exception when unique_violation then
  update delivery set status = 'suppressed', reason = 'a later message says the same', last_error = p_error,
    next_attempt_at = null
  where id = p_id and attempts = p_attempts;
  return true;
end $$`

const FORGET = `
create function forget_deliveries(p_before timestamptz) returns void
language sql volatile security definer set search_path = public as $$
  delete from delivery where created_at < p_before and status in ('sent', 'failed', 'suppressed')
$$`
