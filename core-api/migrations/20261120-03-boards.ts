import { Migration } from '@mikro-orm/migrations'
import { isolate, USER, WORKSPACES } from './tenancy.ts'

export class Boards extends Migration {
  override up(): void {
    this.addSql(`
      create table workspace (
        id uuid primary key,
        name text not null,
        created_by uuid references auth_user on delete set null,
        created_at timestamptz(3) not null default now(),
        version int not null default 1
      )`)
    this.addSql(`
      create table workspace_role (
        workspace_id uuid not null references workspace on delete cascade,
        key text not null,
        name text not null,
        permissions text[] not null,
        version int not null default 1,
        primary key (workspace_id, key)
      )`)
    this.addSql(`
      create table workspace_member (
        workspace_id uuid not null references workspace on delete cascade,
        user_id uuid not null references auth_user on delete cascade,
        role text not null,
        joined_at timestamptz(3) not null default now(),
        primary key (workspace_id, user_id)
      )`)
    this.addSql('create index workspace_member_user on workspace_member (user_id)')
    this.addSql(`
      create table invitation (
        id uuid primary key,
        workspace_id uuid not null references workspace on delete cascade,
        email text,
        role text not null,
        board_id uuid,
        token_hash text not null unique,
        created_by uuid references auth_user on delete set null,
        created_at timestamptz(3) not null default now(),
        expires_at timestamptz(3) not null,
        accepted_at timestamptz(3),
        revoked_at timestamptz(3)
      )`)
    this.addSql('create index invitation_workspace on invitation (workspace_id)')
    this.addSql(`
      create table label (
        id uuid primary key,
        workspace_id uuid not null references workspace on delete cascade,
        name text not null,
        color text not null,
        version int not null default 1,
        unique (workspace_id, id)
      )`)
    this.addSql('create unique index label_name on label (workspace_id, lower(name))')

    this.addSql(`
      create table board (
        id uuid primary key,
        workspace_id uuid not null references workspace on delete cascade,
        key text not null,
        name text not null,
        description text not null default '',
        visibility text not null check (visibility in ('workspace', 'private')),
        last_number int not null default 0,
        created_by uuid references auth_user on delete set null,
        created_at timestamptz(3) not null default now(),
        archived_at timestamptz(3),
        version int not null default 1,
        unique (workspace_id, id),
        unique (workspace_id, key)
      ) with (fillfactor = 70)`)
    this.addSql(`
      create table board_member (
        workspace_id uuid not null,
        board_id uuid not null,
        user_id uuid not null,
        role text not null check (role in ('viewer', 'commenter', 'editor')),
        primary key (board_id, user_id),
        foreign key (workspace_id, board_id) references board (workspace_id, id) on delete cascade,
        foreign key (workspace_id, user_id) references workspace_member (workspace_id, user_id) on delete cascade
      )`)
    this.addSql('create index board_member_user on board_member (workspace_id, user_id)')
    this.addSql(`
      create table board_column (
        id uuid primary key,
        workspace_id uuid not null,
        board_id uuid not null,
        name text not null,
        position text collate "C" not null,
        color text,
        wip_limit int check (wip_limit > 0),
        wip_mode text not null default 'soft' check (wip_mode in ('soft', 'hard')),
        done boolean not null default false,
        version int not null default 1,
        unique (board_id, id),
        foreign key (workspace_id, board_id) references board (workspace_id, id) on delete cascade
      )`)

    this.addSql(`
      create table task (
        id uuid primary key,
        workspace_id uuid not null,
        board_id uuid not null,
        column_id uuid not null,
        number int not null,
        position text collate "C" not null,
        title text not null,
        description text not null default '',
        description_version int not null default 1,
        priority text not null default 'none' check (priority in ('high', 'medium', 'low', 'none')),
        assignee_ids uuid[] not null default '{}',
        label_ids uuid[] not null default '{}',
        watcher_ids uuid[] not null default '{}',
        blocked_by_ids uuid[] not null default '{}',
        start json,
        due json,
        due_date date,
        due_at timestamptz(3),
        parent_id uuid,
        checklist json not null default '[]',
        checklist_done int not null default 0,
        checklist_total int not null default 0,
        comment_count int not null default 0,
        attachment_count int not null default 0,
        recurrence text,
        created_by uuid references auth_user on delete set null,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        closed_at timestamptz(3),
        archived_at timestamptz(3),
        deleted_at timestamptz(3),
        version int not null default 1,
        unique (workspace_id, id),
        unique (board_id, number),
        foreign key (workspace_id, board_id) references board (workspace_id, id) on delete cascade,
        foreign key (board_id, column_id) references board_column (board_id, id),
        foreign key (workspace_id, parent_id) references task (workspace_id, id) on delete set null (parent_id)
      ) with (fillfactor = 75)`)
    this.addSql(
      `create index task_place on task (column_id, position) where deleted_at is null and archived_at is null`,
    )
    this.addSql("create index task_assignees on task using gin (assignee_ids) where assignee_ids <> '{}'")
    this.addSql('create index task_parent on task (parent_id) where parent_id is not null')

    this.addSql(`
      create table comment (
        id uuid primary key,
        workspace_id uuid not null,
        task_id uuid not null,
        author_id uuid references auth_user on delete set null,
        body text not null,
        mention_ids uuid[] not null default '{}',
        reactions json not null default '{}',
        created_at timestamptz(3) not null,
        edited_at timestamptz(3),
        foreign key (workspace_id, task_id) references task (workspace_id, id) on delete cascade
      )`)
    this.addSql('create index comment_of_task on comment (task_id, id)')
    this.addSql(`
      create table attachment (
        id uuid primary key,
        workspace_id uuid not null,
        task_id uuid not null,
        name text not null,
        type text not null,
        size int not null,
        created_by uuid references auth_user on delete set null,
        created_at timestamptz(3) not null,
        foreign key (workspace_id, task_id) references task (workspace_id, id) on delete cascade
      )`)
    this.addSql('create index attachment_of_task on attachment (task_id)')

    this.addSql(isolate('workspace', `id = any(${WORKSPACES})`))
    this.addSql(isolate('workspace_member', `workspace_id = any(${WORKSPACES}) or user_id = ${USER}`))
    for (const table of TENANT_TABLES) this.addSql(isolate(table))
    this.addSql(ENTER_TENANT)
  }
}

const TENANT_TABLES = [
  'workspace_role',
  'invitation',
  'label',
  'board',
  'board_member',
  'board_column',
  'task',
  'comment',
  'attachment',
]

/**
 * Opens a transaction to one person: what they may see are the workspaces that they belong to (only the named one,
 * for a key that is bound to it; also one that they are about to found or join). Lasts until the transaction ends.
 */
const ENTER_TENANT = `
create function enter_tenant(p_user uuid, p_only uuid, p_joining uuid) returns void
language plpgsql security definer set search_path = public as $$
begin
  perform set_config('app.user_id', coalesce(p_user::text, ''), true), set_config('app.workspaces', array_remove(array(
    select workspace_id from workspace_member where user_id = p_user and (p_only is null or workspace_id = p_only)
  ) || p_joining, null)::text, true);
end $$`
