import { Migration } from '@mikro-orm/migrations'
import { USER, WORKSPACES } from './tenancy.ts'

export class Streams extends Migration {
  override up(): void {
    this.addSql(`
      create table installation (
        single boolean primary key default true check (single),
        epoch text not null default substr(md5(random()::text), 1, 8)
      )`)
    this.addSql('insert into installation default values')

    this.addSql(`
      create table stream (
        id text collate "C" primary key,
        workspace_id uuid,
        epoch text not null,
        seq bigint not null default 0
      ) with (fillfactor = 50)`)
    this.addSql(`
      create table event (
        stream text collate "C" not null,
        seq bigint not null,
        workspace_id uuid,
        txn uuid not null,
        at timestamptz(3) not null,
        type text not null,
        subject uuid,
        actor json not null,
        data json not null,
        mutation text,
        trace text,
        primary key (stream, seq)
      )`)
    this.addSql('create index event_at on event (at)')
    this.addSql('create index event_subject on event (subject, at) where subject is not null')
    this.addSql(`create index event_revoked on event (at) where type in ('access.revoked', 'member.left')`)

    this.addSql(`
      create table idempotency (
        user_id uuid not null,
        key text not null,
        hash text not null,
        status int not null,
        position text,
        body text,
        at timestamptz not null default now(),
        primary key (user_id, key)
      )`)
    this.addSql('create index idempotency_at on idempotency using brin (at)')
    this.addSql('alter table idempotency enable row level security, force row level security')
    this.addSql(`create policy own on idempotency using (user_id = ${USER})`)
    this.addSql('create policy owner on idempotency to current_user using (true)')

    for (const table of ['stream', 'event']) {
      const id = table === 'stream' ? 'id' : 'stream'
      this.addSql(`alter table ${table} enable row level security, force row level security`)
      this.addSql(`
        create policy readable on ${table} for select using (
          workspace_id = any(${WORKSPACES}) or ${id} = 'u:' || ${USER}::text
        )`)
      this.addSql(`create policy owner on ${table} to current_user using (true)`)
    }

    this.addSql(`
      create function iso(at timestamptz) returns text language sql stable parallel safe
      return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)

    this.addSql(RECORD_FACTS)
    this.addSql(ENVELOPE)
    this.addSql(RECENT_HEADS)
    this.addSql(FACTS_OF_STREAM)
    this.addSql(HEADS_OF)
    this.addSql(FORGET_ANSWERS)
    this.addSql(RECENT_REVOCATIONS)
  }
}

/**
 * The last statement of every write: raises each touched stream's sequence, in id order so that writers never wait
 * for each other in a circle, and inserts one fact into each. The stream rows stay locked until the commit that
 * follows in the same burst: that is what makes sequences gap-free and in commit order.
 * Runs as the owner: the runtime role may neither raise a sequence by itself nor change a fact.
 */
const RECORD_FACTS = `
create function record_facts(
  p_txn uuid, p_actor json, p_mutation text, p_trace text,
  p_streams text[], p_workspaces uuid[], p_types text[], p_subjects uuid[], p_data text[], p_unchanged text[],
  p_user uuid, p_key text, p_hash text, p_status int, p_body text
) returns table (stream text, epoch text, seq bigint, at text, data text)
language plpgsql security definer set search_path = public as $$
#variable_conflict use_column
declare
  v_epoch text; v_seq bigint; v_at timestamptz(3); v_data text; v_position text;
begin
  for i in 1 .. coalesce(array_length(p_streams, 1), 0) loop
    if p_workspaces[i] is not null
       and not p_workspaces[i] = any(nullif(current_setting('app.workspaces', true), '')::uuid[]) then
      raise exception 'fact outside of the tenant' using errcode = 'insufficient_privilege';
    end if;
    update stream s set seq = s.seq + 1 where s.id = p_streams[i] returning s.epoch, s.seq into v_epoch, v_seq;
    if not found then
      insert into stream as s (id, workspace_id, epoch, seq)
      select p_streams[i], p_workspaces[i], here.epoch, 1 from installation here
      on conflict (id) do update set seq = s.seq + 1
      returning s.epoch, s.seq into v_epoch, v_seq;
    end if;
    v_at := clock_timestamp();
    v_data := p_data[i];
    if p_types[i] in ('access.revoked', 'member.left') then
      v_data := jsonb_set(v_data::jsonb, '{acl}', to_jsonb(v_seq))::text;
    end if;
    insert into event (stream, seq, workspace_id, txn, at, type, subject, actor, data, mutation, trace)
    values (p_streams[i], v_seq, p_workspaces[i], p_txn, v_at, p_types[i], p_subjects[i], p_actor, v_data::json, p_mutation, p_trace);
    if p_streams[i] not like 'u:%' or p_streams[i] = 'u:' || current_setting('app.user_id', true) then
      v_position := coalesce(v_position || ', ', '') || p_streams[i] || '=' || v_seq;
    end if;
    stream := p_streams[i]; epoch := v_epoch; seq := v_seq; at := iso(v_at);
    data := case when v_data <> p_data[i] then v_data end;
    return next;
  end loop;
  -- Asked only where there are some: a list is planned anew each time.
  if cardinality(p_unchanged) > 0 then
    for stream, epoch, seq in select s.id, s.epoch, s.seq from stream s where s.id = any(p_unchanged) loop
      v_position := coalesce(v_position || ', ', '') || stream || '=' || seq;
      at := null; data := null;
      return next;
    end loop;
  end if;
  if p_key is not null then
    insert into idempotency (user_id, key, hash, status, position, body)
    values (p_user, p_key, p_hash, p_status, v_position, p_body);
  end if;
end $$`

/** A fact as it was published, to the letter. */
const ENVELOPE = `
create function envelope(e event, p_epoch text) returns text language sql stable
return '{"stream":"' || e.stream || '","epoch":"' || p_epoch || '","seq":' || e.seq || ',"txn":"' || e.txn
  || '","at":"' || iso(e.at) || '","type":"' || e.type || '","actor":' || e.actor::text || ',"data":' || e.data::text
  || coalesce(',"mutation":' || to_json(e.mutation), '') || coalesce(',"trace":' || to_json(e.trace), '') || '}'`

// The relay and the realtime nodes serve every tenant at once; these are all that they may do beyond a tenant.
// now(), for no index is used with a time that may be another for every row.
const RECENT_HEADS = `
create function recent_heads(p_within interval) returns table (stream text, seq bigint)
language sql stable security definer set search_path = public as $$
  select e.stream, max(e.seq) from event e where e.at > now() - p_within group by e.stream
$$`

const FACTS_OF_STREAM = `
create function facts_of_stream(p_stream text, p_after bigint, p_limit int)
returns table (epoch text, head bigint, facts text)
language sql stable security definer set search_path = public as $$
  select coalesce(s.epoch, i.epoch), coalesce(s.seq, 0), (
    select string_agg(envelope(e, s.epoch), ',' order by e.seq)
    from (select * from event where stream = p_stream and seq > p_after order by seq limit p_limit) e
  ) from installation i left join stream s on s.id = p_stream
$$`

const HEADS_OF = `
create function heads_of(p_streams text[]) returns table (stream text, epoch text, seq bigint)
language sql stable security definer set search_path = public as $$
  select s.id, s.epoch, s.seq from stream s where s.id = any(p_streams)
$$`

const FORGET_ANSWERS = `
create function forget_answers(p_before timestamptz) returns void
language sql security definer set search_path = public as $$
  delete from idempotency where at < p_before
$$`

const RECENT_REVOCATIONS = `
create function recent_revocations(p_within interval) returns table (stream text, acl bigint, at text, data json)
language sql stable security definer set search_path = public as $$
  select stream, seq, iso(at), data from event
  where type in ('access.revoked', 'member.left') and at > now() - p_within
$$`
