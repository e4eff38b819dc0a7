import { Migration } from '@mikro-orm/migrations'

export class Identity extends Migration {
  override up(): void {
    this.addSql(`
      create table auth_user (
        id uuid primary key,
        name text not null,
        email text not null,
        email_verified boolean not null default false,
        image text,
        time_zone text,
        locale text,
        two_factor_enabled boolean not null default false,
        disabled_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`)
    this.addSql('create unique index auth_user_email on auth_user (lower(email))')

    this.addSql(`
      create table auth_session (
        id uuid primary key,
        user_id uuid not null references auth_user on delete cascade,
        token text not null unique,
        expires_at timestamptz not null,
        ip_address text,
        user_agent text,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`)
    this.addSql('create index auth_session_user on auth_session (user_id)')
    this.addSql('create index auth_session_expires on auth_session (expires_at)')

    this.addSql(`
      create table auth_account (
        id uuid primary key,
        user_id uuid not null references auth_user on delete cascade,
        account_id text not null,
        provider_id text not null,
        access_token text,
        refresh_token text,
        id_token text,
        access_token_expires_at timestamptz,
        refresh_token_expires_at timestamptz,
        scope text,
        password text,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        unique (provider_id, account_id)
      )`)
    this.addSql('create index auth_account_user on auth_account (user_id)')

    this.addSql(`
      create table auth_verification (
        id uuid primary key,
        identifier text not null,
        value text not null,
        expires_at timestamptz not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`)
    this.addSql('create index auth_verification_identifier on auth_verification (identifier)')

    this.addSql(`
      create table auth_two_factor (
        id uuid primary key,
        user_id uuid not null references auth_user on delete cascade,
        secret text not null,
        backup_codes text not null,
        verified boolean not null default true,
        failed_verification_count integer not null default 0,
        locked_until timestamptz
      )`)
    this.addSql('create index auth_two_factor_user on auth_two_factor (user_id)')

    this.addSql(`
      create table auth_passkey (
        id uuid primary key,
        user_id uuid not null references auth_user on delete cascade,
        name text,
        public_key text not null,
        credential_id text not null unique,
        counter bigint not null default 0,
        device_type text not null,
        backed_up boolean not null,
        transports text,
        aaguid text,
        created_at timestamptz default now()
      )`)
    this.addSql('create index auth_passkey_user on auth_passkey (user_id)')

    // However a session ends, its tokens live on for minutes: who verifies them offline must be able to ask.
    this.addSql(`
      create table auth_ended_session (
        session_id uuid primary key,
        user_id uuid not null,
        ended_at timestamptz not null default clock_timestamp()
      )`)
    this.addSql('create index auth_ended_session_at on auth_ended_session (ended_at)')
    this.addSql(`
      create function remember_ended_session() returns trigger language plpgsql as $$
      begin
        delete from auth_ended_session where ended_at < clock_timestamp() - interval '30 minutes';
        insert into auth_ended_session (session_id, user_id) select id, user_id from ended
          on conflict (session_id) do nothing;
        return null;
      end $$`)
    this.addSql(`
      create trigger auth_session_ended after delete on auth_session
        referencing old table as ended for each statement execute function remember_ended_session()`)
  }
}
