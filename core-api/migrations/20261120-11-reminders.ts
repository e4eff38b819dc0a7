import { Migration } from '@mikro-orm/migrations'
import { isolate } from './tenancy.ts'

export class Reminders extends Migration {
  override up(): void {
    // `own`: set by the person; the others come with being assigned. `moment` is the time that the kind names,
    // `at` when it goes off: that is later if the moment had passed already when it was set.
    this.addSql(`
      create table reminder (
        id uuid primary key,
        workspace_id uuid not null,
        task_id uuid not null,
        user_id uuid not null references auth_user on delete cascade,
        kind text not null
          check (kind in ('15m', '1h', '1d', '1w', 'at_due', 'overdue', 'custom', 'due_soon')),
        own boolean not null,
        wanted_at timestamptz(3),
        moment timestamptz(3),
        at timestamptz(3),
        fired_at timestamptz(3),
        check ((kind = 'custom') = (wanted_at is not null)),
        unique nulls not distinct (task_id, user_id, kind, own, wanted_at),
        foreign key (workspace_id, task_id) references task (workspace_id, id)
          on delete cascade deferrable initially deferred
      ) with (fillfactor = 80)`)
    this.addSql('create index reminder_due on reminder (at) where fired_at is null')
    this.addSql('create index reminder_due_in on reminder (workspace_id, at) where fired_at is null')
    this.addSql('create index reminder_of_user on reminder (user_id) where fired_at is null')
    this.addSql(isolate('reminder'))
    this.addSql(DUE)
  }
}

// The sweep serves every tenant; this is all that it may see beyond one.
const DUE = `
create function workspaces_with_due_reminders(p_now timestamptz, p_limit int) returns setof uuid
language sql stable security definer set search_path = public as $$
  select distinct workspace_id from (
    select workspace_id from reminder where fired_at is null and at <= p_now order by at limit p_limit
  ) due
$$`
