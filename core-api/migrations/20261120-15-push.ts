import { Migration } from '@mikro-orm/migrations'
import { USER } from './tenancy.ts'

export class Push extends Migration {
  override up(): void {
    this.addSql(`
      create table push_key (
        single boolean primary key default true check (single),
        public_key text not null,
        private_key text not null
      )`)
    this.addSql(`
      create table push_subscription (
        id uuid primary key,
        user_id uuid not null references auth_user on delete cascade,
        endpoint_hash text not null unique,
        sealed text not null,
        service text not null,
        device text not null default '',
        created_at timestamptz(3) not null
      )`)
    this.addSql('create index push_subscription_of_user on push_subscription (user_id)')
    this.addSql('alter table push_subscription enable row level security, force row level security')
    this.addSql(`create policy own on push_subscription using (user_id = ${USER})`)
    this.addSql('create policy owner on push_subscription to current_user using (true) with check (true)')
    this.addSql(TAKE_OVER)
    this.addSql(SUBSCRIPTIONS)
  }
}

/** A browser that somebody else signs in to tells the one before nothing any more. */
const TAKE_OVER = `
create function take_over_push(p_endpoint_hash text) returns void
language sql volatile security definer set search_path = public as $$
  delete from push_subscription
  where endpoint_hash = p_endpoint_hash and user_id is distinct from nullif(current_setting('app.user_id', true), '')::uuid
$$`

/** People are told by what others do; this is all that those may learn of their devices. */
const SUBSCRIPTIONS = `
create function push_subscriptions_of(p_users uuid[]) returns table (id uuid, user_id uuid, service text)
language sql stable security definer set search_path = public as $$
  select id, user_id, service from push_subscription where user_id = any(p_users)
$$`
