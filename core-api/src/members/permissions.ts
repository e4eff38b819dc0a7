import type { BoardRole } from '@taskflow/shared/dto/board.ts'

const BOARD_ROLES: Record<BoardRole, string[]> = {
  viewer: ['board:read'],
  commenter: ['board:read', 'comment:write'],
  editor: ['board:read', 'board:write', 'column:*', 'task:*', 'comment:*'],
}

const WORKSPACE_ROLES: Record<string, string[]> = {
  owner: ['*'],
  admin: [
    'workspace:read',
    'workspace:write',
    'member:*',
    'role:*',
    'label:*',
    'board:*',
    'column:*',
    'task:*',
    'comment:*',
    'key:*',
    'webhook:*',
    'audit:read',
  ],
  member: [
    'workspace:read',
    'member:read',
    'label:*',
    'board:read',
    'board:create',
    'board:write',
    'column:*',
    'task:*',
    'comment:*',
    'key:own',
  ],
  guest: [],
}

/** Every role of a workspace's own making sees what its members see. */
const SEEING = ['workspace:read', 'member:read', 'board:read']

const ABOVE_BOARD_ROLES = new Set(['owner', 'admin'])

export const isBuiltIn = (role: string) => role in WORKSPACE_ROLES

/** What a role may do in the workspace; `custom` are the permissions of a role of the workspace's own making. */
export const permissionsOf = (role: string, custom: string[] | null): string[] =>
  WORKSPACE_ROLES[role] ?? (custom ? [...SEEING, ...custom] : [])

/** What somebody may do on a board that they see. A role on the board decides, but for owners and admins. */
export function permissionsOnBoard(role: string, custom: string[] | null, boardRole: BoardRole | null): string[] {
  if (boardRole === null || ABOVE_BOARD_ROLES.has(role)) return permissionsOf(role, custom)
  return BOARD_ROLES[boardRole]
}

/** `task:*` covers `task:write`, `*` covers everything. */
export const allows = (granted: readonly string[], wanted: string): boolean =>
  granted.some((one) => one === wanted || one === '*' || (one.endsWith(':*') && wanted.startsWith(one.slice(0, -1))))

/** Whether somebody with these rights may hand out those: nobody gives what they do not have. */
export const covers = (granted: readonly string[], wanted: readonly string[]): boolean =>
  wanted.every((one) => allows(granted, one))
