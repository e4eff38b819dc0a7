import { Migration } from '@mikro-orm/migrations'
import { isolate } from './tenancy.ts'

export class Search extends Migration {
  override up(): void {
    // Beside the task, so that moves and other changes that leave the words alone do not touch the index.
    this.addSql(`
      create table task_text (
        task_id uuid primary key,
        workspace_id uuid not null,
        title text not null,
        words tsvector not null,
        foreign key (workspace_id, task_id) references task (workspace_id, id) on delete cascade
      )`)
    this.addSql('create index task_text_words on task_text using gin (words)')
    this.addSql('create index task_text_workspace on task_text (workspace_id)')
    this.addSql(isolate('task_text'))
    this.addSql(KEEP_TASK_TEXT)
    this.addSql('create trigger add_text after insert on task for each row execute function add_task_text()')
    this.addSql(`
      create trigger keep_text after update of title, description on task for each row
      when (old.title <> new.title or old.description <> new.description) execute function keep_task_text()`)
    this.addSql('insert into task_text select id, workspace_id, lower(title), words_of(title, description) from task')
    this.addSql(TRIGRAMS)
    this.addSql(SEARCH_TASKS)
    this.addSql(SIMILAR_TASKS)
  }
}

const KEEP_TASK_TEXT = `
create function words_of(p_title text, p_description text) returns tsvector language sql immutable
return setweight(to_tsvector('simple', p_title), 'A') || setweight(to_tsvector('simple', p_description), 'C');

create function add_task_text() returns trigger language plpgsql as $$
begin
  insert into task_text (task_id, workspace_id, title, words)
  values (new.id, new.workspace_id, lower(new.title), words_of(new.title, new.description));
  return null;
end $$;

create function keep_task_text() returns trigger language plpgsql as $$
begin
  update task_text set title = lower(new.title), words = words_of(new.title, new.description) where task_id = new.id;
  return null;
end $$`

/** A trusted extension: the owner of the database may create it. Where it is missing, search forgives no typos. */
const TRIGRAMS = `
do $$ begin
  create extension if not exists pg_trgm with schema public;
  create index task_text_title on task_text using gin (title gin_trgm_ops);
exception when insufficient_privilege or feature_not_supported or undefined_file or duplicate_object or undefined_object then
  raise notice 'pg_trgm is not to be had: search will not forgive typos';
end $$`

// Run as the owner, for under row-level security no index on words can be used; the tenant is checked by hand.
const SEARCH_TASKS = `
create function search_tasks(p_workspace uuid, p_query text, p_limit int) returns table (task_id uuid, rank real)
language plpgsql stable security definer set search_path = public as $$
begin
  if p_workspace = any(nullif(current_setting('app.workspaces', true), '')::uuid[]) then
    return query
      select t.task_id, ts_rank(t.words, q.q) as rank
      from task_text t, (select to_tsquery('simple', p_query) as q) q
      where t.words @@ q.q and t.workspace_id = p_workspace
      order by 2 desc limit p_limit;
  end if;
end $$`

const SIMILAR_TASKS = `
create function similar_tasks(p_workspace uuid, p_text text, p_limit int) returns table (task_id uuid, rank real)
language plpgsql stable security definer set search_path = public set pg_trgm.word_similarity_threshold = 0.45 as $$
begin
  if p_workspace = any(nullif(current_setting('app.workspaces', true), '')::uuid[])
     and exists (select from pg_extension where extname = 'pg_trgm') then
    return query
      select t.task_id, word_similarity(p_text, t.title) as rank
      from task_text t
      where p_text <% t.title and t.workspace_id = p_workspace
      order by 2 desc limit p_limit;
  end if;
end $$`
