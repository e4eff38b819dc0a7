import type { CustomRole } from '@taskflow/shared/dto/workspace.ts'
import { allows } from '#lib/allows.ts'

export const BUILT_IN = ['owner', 'admin', 'member', 'guest'] as const

/** What each built-in role may do, as far as it decides who may give it. */
const BUILT_IN_PERMISSIONS: Record<string, readonly string[]> = {
  owner: ['*'],
  admin: 'workspace:write member:* role:* label:* board:* column:* task:* comment:* key:* webhook:* audit:read'.split(
    ' ',
  ),
  member: 'label:* board:create board:write column:* task:* comment:* key:own'.split(' '),
  guest: [],
}

/** The permissions that a role of one's own can have, by the part of the product. */
export const PERMISSION_GROUPS: readonly (readonly [group: string, permissions: readonly string[]])[] = [
  ['board', ['board:*', 'board:create', 'board:write']],
  ['column', ['column:*']],
  ['task', ['task:*', 'task:write', 'task:delete']],
  ['comment', ['comment:*', 'comment:write']],
  ['label', ['label:*']],
  ['member', ['member:*', 'member:invite', 'member:write']],
  ['role', ['role:*']],
  ['workspace', ['workspace:write']],
  ['key', ['key:*', 'key:own']],
  ['webhook', ['webhook:*']],
  ['audit', ['audit:read']],
]

export const permissionsOfRole = (key: string, roles: readonly CustomRole[]): readonly string[] =>
  BUILT_IN_PERMISSIONS[key] ?? roles.find((role) => role.key === key)?.permissions ?? ['*']

/** Nobody gives, takes or changes a role above their own. */
export const covers = (mine: readonly string[], theirs: readonly string[]): boolean =>
  theirs.every((one) => allows(mine, one))

/** As [key, name] for a choice: those that this person may give, and the one that is given already. */
export function rolesToGive(
  { permissions, current }: { permissions: readonly string[]; current?: string },
  roles: readonly CustomRole[],
  names: Record<string, string>,
): [string, string][] {
  const all: [string, string][] = [
    ...BUILT_IN.map((key): [string, string] => [key, names[key] ?? key]),
    ...roles.map(({ key, name }): [string, string] => [key, name]),
  ]
  return all.filter(([key]) => key === current || covers(permissions, permissionsOfRole(key, roles)))
}
