import { Migration } from '@mikro-orm/migrations'
import { isolate } from './tenancy.ts'

export class Recurrence extends Migration {
  override up(): void {
    this.addSql('alter table task alter column recurrence type json using null::json')
    // What a task is in its series. `date` is the day that the rule gave it, wherever it has been moved to since.
    this.addSql(`
      create table recurrence (
        task_id uuid primary key,
        workspace_id uuid not null,
        series_id uuid not null,
        number int not null,
        start_date date not null,
        start_time text,
        date date not null,
        kept jsonb not null default '{}',
        next_id uuid,
        unique (series_id, number),
        foreign key (workspace_id, task_id) references task (workspace_id, id) on delete cascade
      )`)
    this.addSql(isolate('recurrence'))
  }
}
