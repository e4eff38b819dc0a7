import { Migration } from '@mikro-orm/migrations'

export class StreamsAgain extends Migration {
  override up(): void {
    this.addSql('drop function facts_of_stream(text, bigint, int)')
    this.addSql(FACTS_OF_STREAM)
  }
}

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
