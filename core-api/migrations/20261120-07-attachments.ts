import { Migration } from '@mikro-orm/migrations'
import { isolate } from './tenancy.ts'

export class Attachments extends Migration {
  override up(): void {
    this.addSql('alter table attachment add column file_id uuid not null unique')
    this.addSql('create index attachment_workspace on attachment (workspace_id) include (size)')

    // Stored files without an attachment: those just arriving, and those whose attachment is gone.
    this.addSql(`
      create table loose_file (
        id uuid primary key,
        workspace_id uuid not null,
        at timestamptz(3) not null default now()
      )`)
    this.addSql(isolate('loose_file'))
    this.addSql(LOOSEN_FILE)
    this.addSql(`
      create trigger loosen_file after delete on attachment for each row execute function loosen_file()`)
    this.addSql(LOOSE_FILES)
    this.addSql(FORGET_FILES)
  }
}

/** Whatever removes an attachment, also a whole workspace: in the same transaction its file is up for removal. */
const LOOSEN_FILE = `
create function loosen_file() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into loose_file (id, workspace_id, at) values (old.file_id, old.workspace_id, '-infinity') on conflict do nothing;
  return null;
end $$`

// The sweeper serves every tenant at once; these are all that it may do beyond one.
const LOOSE_FILES = `
create function loose_files(p_age interval, p_limit int) returns table (id uuid, workspace_id uuid)
language sql stable security definer set search_path = public as $$
  select f.id, f.workspace_id from loose_file f where f.at < now() - p_age order by f.at limit p_limit
$$`

const FORGET_FILES = `
create function forget_files(p_ids uuid[]) returns void
language sql security definer set search_path = public as $$
  delete from loose_file where id = any(p_ids)
$$`
