import type { CustomRole } from '@taskflow/shared/dto/workspace.ts'
import { workspaceStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict, Forbidden, NotFound } from '../errors.ts'
import type { Membership } from '../members/members.access.ts'
import { covers, isBuiltIn } from '../members/permissions.ts'
import { demandRoom } from '../quotas.ts'
import { recordInWorkspace } from '../streams/record.ts'
import { lockWorkspaceFor } from '../workspaces/workspaces.access.ts'
import { RoleEntity, toRoleDto } from './role.entity.ts'

const KEY_LIMIT = 32

interface NewRole {
  key?: string
  name: string
  permissions: string[]
}

export async function createRole(ctx: WriteCtx, workspaceId: string, input: NewRole): Promise<CustomRole> {
  const mine = await lockWorkspaceFor(ctx, workspaceId, 'role:write')
  demandCovered(mine, input.permissions)
  const key = input.key ?? keyOf(input.name)
  if (isBuiltIn(key) || (await ctx.tx.em.findOne(RoleEntity, { workspaceId, key }))) throw keyTaken(key)
  await demandRoom(ctx, 'roles', workspaceId)
  const { name, permissions } = input
  const role = toRoleDto(ctx.tx.em.create(RoleEntity, { workspaceId, key, name, permissions, version: 1 }))
  recordInWorkspace(ctx, workspaceId, { type: 'role.created', data: role })
  return role
}

export async function editRole(
  ctx: WriteCtx,
  { workspaceId, key }: { workspaceId: string; key: string },
  { name, permissions }: { name?: string; permissions?: string[] },
): Promise<CustomRole> {
  const mine = await lockWorkspaceFor(ctx, workspaceId, 'role:write')
  const role = await getRole(ctx, workspaceId, key)
  demandCovered(mine, [...role.permissions, ...(permissions ?? [])])
  if ((name ?? role.name) === role.name && (permissions ?? role.permissions).join() === role.permissions.join()) {
    ctx.unchanged.add(workspaceStream(workspaceId))
    return toRoleDto(role)
  }
  if (name !== undefined) role.name = name
  if (permissions !== undefined) role.permissions = permissions
  role.version++
  recordInWorkspace(ctx, workspaceId, { type: 'role.updated', data: toRoleDto(role) })
  return toRoleDto(role)
}

const USERS = `
  select (select count(*) from workspace_member where workspace_id = $1 and role = $2)::int as members,
         (select count(*) from invitation where workspace_id = $1 and role = $2 and revoked_at is null
            and expires_at > now() and (email is null or accepted_at is null))::int as invitations`

export async function deleteRole(
  ctx: WriteCtx,
  { workspaceId, key }: { workspaceId: string; key: string },
): Promise<void> {
  const mine = await lockWorkspaceFor(ctx, workspaceId, 'role:write')
  const role = await getRole(ctx, workspaceId, key)
  demandCovered(mine, role.permissions)
  const [used] = await ctx.tx.sql<{ members: number; invitations: number }>(USERS, [workspaceId, key])
  if (used!.members + used!.invitations > 0) {
    const detail = 'Members or open invitations have this role. Give them another one first.'
    throw new Conflict('roles.in_use', detail, { members: used })
  }
  ctx.tx.em.remove(role)
  recordInWorkspace(ctx, workspaceId, { type: 'role.deleted', data: { key } })
}

async function getRole(ctx: WriteCtx, workspaceId: string, key: string) {
  const role = await ctx.tx.em.findOne(RoleEntity, { workspaceId, key })
  if (!role) throw new NotFound('roles.not_found', 'There is no such role.')
  return role
}

function demandCovered(mine: Membership, permissions: string[]): void {
  if (!covers(mine.permissions, permissions)) throw new Forbidden('members.above', 'This role is above your own.')
}

const keyTaken = (key: string) => {
  const message = `${key} is a role of this workspace already`
  return new Conflict('roles.key_taken', `${message}.`, { errors: [{ path: 'key', message }] })
}

function keyOf(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
  return words.slice(0, KEY_LIMIT) || 'role'
}
