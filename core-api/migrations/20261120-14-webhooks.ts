import { Migration } from '@mikro-orm/migrations'
import { isolate, USER } from './tenancy.ts'

export class Webhooks extends Migration {
  override up(): void {
    // Addresses of Slack open a channel to whoever knows them: they are sealed like the secrets. `shown` is what admins read.
    this.addSql(`
      create table webhook (
        id uuid primary key,
        workspace_id uuid not null references workspace on delete cascade,
        kind text not null check (kind in ('generic', 'slack')),
        description text not null default '',
        url text not null,
        shown text not null,
        events text[] not null,
        secret text not null,
        previous_secret text,
        previous_until timestamptz(3),
        enabled boolean not null default true,
        off_reason text check (off_reason in ('failing', 'gone')),
        failing_since timestamptz(3),
        created_by uuid references auth_user on delete set null,
        created_at timestamptz(3) not null,
        version int not null default 1
      )`)
    this.addSql('create index webhook_of_workspace on webhook (workspace_id)')
    this.addSql(isolate('webhook'))

    // Where a person wants to be told beside the app, wherever they work.
    this.addSql(`
      create table personal_webhook (
        user_id uuid primary key references auth_user on delete cascade,
        kind text not null check (kind in ('generic', 'slack')),
        url text not null,
        shown text not null,
        secret text not null,
        created_at timestamptz(3) not null
      )`)
    this.addSql('alter table personal_webhook enable row level security, force row level security')
    this.addSql(`create policy own on personal_webhook using (user_id = ${USER})`)
    this.addSql('create policy owner on personal_webhook to current_user using (true) with check (true)')

    this.addSql(HAS_WEBHOOKS)
    this.addSql(MESSAGE_ID)
    this.addSql(PERSONAL_WEBHOOKS)
    this.addSql(RANK)
  }
}

const HAS_WEBHOOKS = `
create function has_webhooks(p_workspace uuid) returns boolean
language sql stable security definer set search_path = public as $$
  select exists (select from webhook where workspace_id = p_workspace and enabled)
$$`

/** Of one fact to one receiver: the same however often it is made up. A UUID of version 8, the kind of one's own making. */
const MESSAGE_ID = `
create function message_id(p_receiver uuid, p_txn uuid, p_stream text) returns uuid
language sql immutable parallel safe
return overlay(overlay(md5(p_receiver::text || p_txn || p_stream) placing '8' from 13 for 1) placing 'a' from 17 for 1)::uuid`

/** People are told by what others do; this is all that those may learn of where they want to be told. */
const PERSONAL_WEBHOOKS = `
create function personal_webhooks_of(p_users uuid[]) returns table (user_id uuid, kind text, shown text)
language sql stable security definer set search_path = public as $$
  select user_id, kind, shown from personal_webhook where user_id = any(p_users)
$$`

const RANK = `
create or replace function reason_rank(p_reason text) returns int language sql immutable parallel safe
return array_position(array['mentioned', 'assigned', 'overdue', 'due_soon', 'reminder', 'invited', 'access_lost',
  'webhook_disabled', 'unassigned', 'commented', 'status_changed'], p_reason)`
