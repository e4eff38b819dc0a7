import { Migration } from '@mikro-orm/migrations'
import {
  BEGIN_BATCH,
  DIRTY,
  DTO,
  FOLLOW_TASK,
  FORGET,
  IN_TENANT,
  LOCK_INBOXES,
  RANK,
  REMOVE,
  SETTLE,
  UNREAD,
  UNREAD_OF,
  WAKE,
} from './inbox-functions.ts'
import { NOTIFY } from './notify-people.ts'
import { isolate, USER, WORKSPACES } from './tenancy.ts'

const MINE = `user_id = ${USER}`
/** Jobs act for nobody in particular, and in one workspace. */
const OF_THE_SYSTEM = `${USER} is null and workspace_id = any(${WORKSPACES})`

export class Notifications extends Migration {
  override up(): void {
    // A task that is told of while it is being made is inserted only with the commit.
    this.addSql(`
      create table notification (
        id uuid primary key,
        workspace_id uuid not null references workspace on delete cascade,
        user_id uuid not null references auth_user on delete cascade,
        board_id uuid,
        task_id uuid,
        subject_id uuid not null,
        key text,
        title text not null,
        reason text not null,
        actors json not null,
        latest_type text not null,
        latest_at timestamptz(3) not null,
        excerpt text,
        late boolean not null default false,
        unread_count int not null,
        read_at timestamptz(3),
        archived_at timestamptz(3),
        snoozed_until timestamptz(3),
        updated_at timestamptz(3) not null,
        shown boolean not null,
        txn uuid not null,
        unique (user_id, subject_id),
        foreign key (workspace_id, task_id) references task (workspace_id, id)
          on delete cascade deferrable initially deferred
      ) with (fillfactor = 80)`)
    this.addSql('create index notification_latest on notification (user_id, updated_at desc, id desc)')
    this.addSql(`create index notification_unread on notification (user_id, workspace_id) where ${UNREAD}`)
    this.addSql('create index notification_snoozed on notification (snoozed_until) where snoozed_until is not null')
    this.addSql('create index notification_task on notification (task_id) where task_id is not null')
    this.addSql('create index notification_board on notification (board_id) where board_id is not null')
    this.addSql('create index notification_workspace on notification (workspace_id)')
    this.addSql(isolate('notification', `${MINE} or (${OF_THE_SYSTEM})`))

    this.addSql(`
      create table preference (
        user_id uuid primary key references auth_user on delete cascade,
        matrix jsonb not null default '{}',
        quiet_hours jsonb,
        digest text not null default 'instant' check (digest in ('instant', 'hourly', 'daily', 'weekly')),
        mail_delay_minutes int check (mail_delay_minutes between 0 and 1440)
      )`)
    this.addSql('alter table preference enable row level security, force row level security')
    this.addSql(`create policy own on preference using (${MINE})`)
    this.addSql('create policy owner on preference to current_user using (true) with check (true)')

    this.addSql(`
      create table mute (
        user_id uuid not null,
        workspace_id uuid not null,
        board_id uuid,
        unique nulls not distinct (user_id, workspace_id, board_id),
        foreign key (workspace_id, user_id) references workspace_member (workspace_id, user_id) on delete cascade,
        foreign key (workspace_id, board_id) references board (workspace_id, id) on delete cascade
      )`)
    this.addSql('create index mute_board on mute (board_id)')
    this.addSql(isolate('mute', `${MINE} and workspace_id = any(${WORKSPACES})`))

    // Whose inbox has changed since it was counted last. Its row is the lock of the inbox: it is taken first.
    this.addSql(`
      create table inbox_dirty (
        user_id uuid primary key,
        at timestamptz not null default clock_timestamp(),
        tell uuid[] not null default '{}',
        removed uuid[] not null default '{}'
      )`)
    // What was told by the worker, so that a job that is done again tells nobody twice.
    this.addSql(`
      create table notification_batch (
        txn uuid not null,
        part int not null,
        at timestamptz not null default clock_timestamp(),
        primary key (txn, part)
      )`)

    for (const text of [
      RANK,
      UNREAD_OF,
      DTO,
      IN_TENANT,
      LOCK_INBOXES,
      NOTIFY,
      REMOVE,
      FORGET,
      FOLLOW_TASK,
      SETTLE,
      DIRTY,
      BEGIN_BATCH,
      WAKE,
    ])
      this.addSql(text)
  }
}
