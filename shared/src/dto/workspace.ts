import { z } from 'zod'
import { Board, Label, StreamPosition } from './board.ts'
import { Id, User, UserRef } from './user.ts'

export const BUILT_IN_ROLES = ['owner', 'admin', 'member', 'guest'] as const

export const Workspace = z.object({ id: Id, name: z.string(), createdAt: z.string(), version: z.int() })
export type Workspace = z.infer<typeof Workspace>

export const Member = UserRef.extend({ role: z.string(), joinedAt: z.string() })
export type Member = z.infer<typeof Member>

/** A role of the workspace's own making, beside the four that every workspace has. */
export const CustomRole = z.object({
  key: z.string(),
  name: z.string(),
  permissions: z.array(z.string()),
  version: z.int(),
})
export type CustomRole = z.infer<typeof CustomRole>

/** What the workspace's stream carries: only what every member but a guest may see. Private boards are not in it. */
export const WorkspaceState = z.object({
  workspace: Workspace,
  boards: z.array(Board),
  members: z.array(Member),
  labels: z.array(Label),
  roles: z.array(CustomRole),
})
export type WorkspaceState = z.infer<typeof WorkspaceState>

export const WorkspaceSnapshot = WorkspaceState.extend({ stream: StreamPosition })
export type WorkspaceSnapshot = z.infer<typeof WorkspaceSnapshot>

/** `stream` is null for a guest, who hears only the boards that they were invited to. */
export const MyWorkspace = Workspace.extend({
  role: z.string(),
  permissions: z.array(z.string()),
  stream: StreamPosition.nullable(),
})
export type MyWorkspace = z.infer<typeof MyWorkspace>

export const Me = z.object({
  user: User,
  workspaces: z.array(MyWorkspace),
  unread: z.int(),
  stream: StreamPosition,
})
export type Me = z.infer<typeof Me>
