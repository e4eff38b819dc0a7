import { Migration } from '@mikro-orm/migrations'
import { USER, WORKSPACES } from './tenancy.ts'

export class Avatars extends Migration {
  override up(): void {
    this.addSql(`
      create table avatar (
        user_id uuid primary key references auth_user on delete cascade,
        file_id uuid not null unique,
        type text not null,
        size integer not null
      )`)
    this.addSql('alter table avatar enable row level security, force row level security')
    this.addSql(`create policy own on avatar using (user_id = ${USER}) with check (user_id = ${USER})`)
    // Of workspace_member there are only rows of the workspaces that one is in.
    this.addSql(`
      create policy seen on avatar for select using (
        exists (select from workspace_member m where m.user_id = avatar.user_id))`)
    this.addSql('create policy owner on avatar to current_user using (true) with check (true)')

    // Pictures were addresses on other servers until now, which no page may load.
    this.addSql('update auth_user set image = null where image is not null')

    this.addSql('alter table loose_file alter column workspace_id drop not null, add column user_id uuid')
    this.addSql('alter table loose_file add check (num_nonnulls(workspace_id, user_id) = 1)')
    const visible = `workspace_id = any(${WORKSPACES}) or user_id = ${USER}`
    this.addSql(`alter policy tenant on loose_file using (${visible}) with check (${visible})`)
    this.addSql(LOOSEN_AVATAR)
    this.addSql(`
      create trigger loosen_avatar after delete or update of file_id on avatar
        for each row execute function loosen_avatar()`)
    this.addSql('drop function loose_files(interval, int)')
    this.addSql(LOOSE_FILES)
  }
}

/** Whatever takes a picture away, in the same transaction its file is up for removal. */
const LOOSEN_AVATAR = `
create function loosen_avatar() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into loose_file (id, user_id, at) values (old.file_id, old.user_id, '-infinity') on conflict do nothing;
  return null;
end $$`

const LOOSE_FILES = `
create function loose_files(p_age interval, p_limit int) returns table (id uuid, folder uuid)
language sql stable security definer set search_path = public as $$
  select f.id, coalesce(f.workspace_id, f.user_id) from loose_file f where f.at < now() - p_age order by f.at limit p_limit
$$`
