import { z } from 'zod'
import { Board, BoardRole, Label, StreamPosition } from './board.ts'
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

/** A workspace in the list of one's own. */
export const WorkspaceOfMine = MyWorkspace.omit({ stream: true })
export type WorkspaceOfMine = z.infer<typeof WorkspaceOfMine>

/** Without its token, which only the answer to its making and its e-mail carry. */
export const Invitation = z.object({
  id: Id,
  email: z.string().nullable(),
  role: z.string(),
  boardId: Id.nullable(),
  boardRole: BoardRole.nullable(),
  createdBy: Id.nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
  acceptedAt: z.string().nullable(),
})
export type Invitation = z.infer<typeof Invitation>

export const NewInvitation = Invitation.extend({ token: z.string(), url: z.string() })
export type NewInvitation = z.infer<typeof NewInvitation>

/** What somebody with the link may know before they accept. */
export const InvitationPeek = z.object({
  workspace: z.object({ name: z.string() }),
  inviter: z.object({ name: z.string() }).nullable(),
  role: z.string(),
  expiresAt: z.string(),
})
export type InvitationPeek = z.infer<typeof InvitationPeek>

/** The workspace that one has come into; `boardId` if the invitation was to a board. */
export const Joined = WorkspaceOfMine.extend({ boardId: Id.nullable() })
export type Joined = z.infer<typeof Joined>

/** What a role of the workspace's own making may be allowed. Seeing the workspace and its open boards comes with each. */
export const PERMISSIONS = [
  'workspace:write',
  'member:*',
  'member:invite',
  'member:write',
  'role:*',
  'label:*',
  'board:*',
  'board:create',
  'board:write',
  'column:*',
  'task:*',
  'task:write',
  'task:delete',
  'comment:*',
  'comment:write',
  'key:*',
  'key:own',
  'webhook:*',
  'audit:read',
] as const
