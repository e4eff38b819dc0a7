import { Migration } from '@mikro-orm/migrations'

export class StreamsAgain extends Migration {
  override up(): void {
    this.addSql('alter table stream add column acl bigint not null default 0')
    this.addSql(
      'drop function record_facts(uuid, json, text, text, text[], uuid[], text[], uuid[], text[], text[], uuid, text, text, int, text)',
    )
    this.addSql(RECORD_FACTS)
    this.addSql('drop function facts_of_stream(text, bigint, int)')
    this.addSql(FACTS_OF_STREAM)
  }
}

/**
 * As before, and it remembers in the stream where somebody last lost something there. With the streams locked it looks at
 * what the act counted on: where that has moved on, the loss stands before the act, so the act begins once more and meets it.
 * Each statement in here sees what was committed by then.
 */
const RECORD_FACTS = `
create function record_facts(
  p_txn uuid, p_actor json, p_mutation text, p_trace text,
  p_streams text[], p_workspaces uuid[], p_types text[], p_subjects uuid[], p_data text[], p_unchanged text[],
  p_user uuid, p_key text, p_hash text, p_status int, p_body text,
  p_counted text[] default null, p_acls bigint[] default null
) returns table (stream text, epoch text, seq bigint, at text, data text)
language plpgsql security definer set search_path = public as $$
#variable_conflict use_column
declare
  c_taking constant text[] := array['access.revoked', 'member.changed', 'board.archived', 'board.deleted'];
  v_epoch text; v_seq bigint; v_at timestamptz(3); v_data text; v_position text;
begin
  for i in 1 .. coalesce(array_length(p_streams, 1), 0) loop
    if p_workspaces[i] is not null
       and not p_workspaces[i] = any(nullif(current_setting('app.workspaces', true), '')::uuid[]) then
      raise exception 'fact outside of the tenant' using errcode = 'insufficient_privilege';
    end if;
    update stream s set seq = s.seq + 1, acl = case when p_types[i] = any(c_taking) then s.seq + 1 else s.acl end
    where s.id = p_streams[i] returning s.epoch, s.seq into v_epoch, v_seq;
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
  for i in 1 .. coalesce(cardinality(p_counted), 0) loop
    if coalesce((select s.acl from stream s where s.id = p_counted[i]), 0) <> p_acls[i] then
      raise exception 'a right to this was taken away' using errcode = 'serialization_failure';
    end if;
  end loop;
  if p_key is not null then
    insert into idempotency (user_id, key, hash, status, position, body)
    values (p_user, p_key, p_hash, p_status, v_position, p_body);
  end if;
end $$`

/** One after the other, so that what is beyond the page is not even unpacked; the first is always told. */
const FACTS_OF_STREAM = `
create function facts_of_stream(p_stream text, p_after bigint, p_limit int)
returns table (epoch text, head bigint, facts text)
language plpgsql stable security definer set search_path = public as $$
#variable_conflict use_variable
declare v_event event; v_fact text; v_facts text[]; v_bytes int := 0;
begin
  select coalesce(s.epoch, i.epoch), coalesce(s.seq, 0) into epoch, head
  from installation i left join stream s on s.id = p_stream;
  for v_event in select * from event e where e.stream = p_stream and e.seq > p_after order by e.seq limit p_limit loop
    v_fact := envelope(v_event, epoch);
    v_bytes := v_bytes + octet_length(v_fact);
    exit when v_facts is not null and v_bytes > 1048576;
    v_facts := array_append(v_facts, v_fact);
  end loop;
  facts := array_to_string(v_facts, ',');
  return next;
end $$`
