import { Migration } from '@mikro-orm/migrations'
import { USER, WORKSPACES } from './tenancy.ts'

export class Invitations extends Migration {
  override up(): void {
    this.addSql(`
      alter table invitation
        add column board_role text check (board_role in ('viewer', 'commenter', 'editor')),
        add foreign key (workspace_id, board_id) references board (workspace_id, id) on delete cascade`)
    this.addSql('create index invitation_created on invitation (workspace_id, created_at)')

    // People see their own memberships everywhere; they write them only where they are let in.
    this.addSql(`
      alter policy tenant on workspace_member
        using (workspace_id = any(${WORKSPACES}) or user_id = ${USER})
        with check (workspace_id = any(${WORKSPACES}))`)
    this.addSql(FIND_INVITATION)
  }
}

/** Whoever holds a token is not in the tenant yet: the digest of the token is what lets them see this one row. */
const FIND_INVITATION = `
create function find_invitation(p_token_hash text)
returns table (id uuid, workspace_id uuid, role text, workspace_name text, inviter_name text, expires_at text, open boolean)
language sql stable security definer set search_path = public as $$
  select i.id, i.workspace_id, i.role, w.name, u.name, iso(i.expires_at),
         i.revoked_at is null and i.expires_at > now() and (i.email is null or i.accepted_at is null)
  from invitation i join workspace w on w.id = i.workspace_id left join auth_user u on u.id = i.created_by
  where i.token_hash = p_token_hash
$$`
