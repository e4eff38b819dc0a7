import { Migration } from '@mikro-orm/migrations'

export class Trash extends Migration {
  override up(): void {
    this.addSql('create index task_trash on task (deleted_at) where deleted_at is not null')
    this.addSql(OLD_TRASH)
  }
}

// Emptying the trash serves every tenant; this is all that it may see beyond one.
const OLD_TRASH = `
create function old_trash(p_before timestamptz, p_limit int) returns table (id uuid, workspace_id uuid)
language sql stable security definer set search_path = public as $$
  select t.id, t.workspace_id from task t where t.deleted_at <= p_before order by t.deleted_at limit p_limit
$$`
