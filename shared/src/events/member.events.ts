import { z } from 'zod'
import { Board, BoardMember } from '../dto/board.ts'
import { CustomRole, Member, Workspace } from '../dto/workspace.ts'
import { Id, User } from '../dto/user.ts'

/** In a board's stream, what changes on it with who sees it; in a person's own, the board that they gained or lost. */
const sharing = {
  ...Board.pick({ name: true, description: true, key: true, visibility: true, version: true }).partial().shape,
  /** Those who came, or who may now do something else. */
  members: z.array(BoardMember).optional(),
  boardId: Id.optional(),
  workspaceId: Id.optional(),
}

export const memberEvents = {
  'workspace.created': Workspace,
  'workspace.updated': Workspace.partial().extend({ id: Id, version: z.int() }),
  'workspace.deleted': z.object({ id: Id }),

  /** In a board's stream `boardRole` is there; in a workspace's, `joinedAt`. */
  'member.joined': Member.partial().extend({
    id: Id,
    name: z.string(),
    image: z.string().nullable(),
    role: z.string(),
    boardRole: BoardMember.shape.boardRole.optional(),
    workspaceId: Id.optional(),
  }),
  'member.changed': Member.partial().extend({ id: Id, boardRole: BoardMember.shape.boardRole.optional() }),
  /** Ends the person's right to hear the stream, like `access.revoked`. */
  'member.left': z.object({ id: Id, userId: Id, acl: z.int() }),

  'access.granted': z.object({
    userId: Id,
    member: BoardMember.optional(),
    board: Board.optional(),
    ...sharing,
  }),
  /**
   * `acl` is the lowest position that a ticket of these people must have been issued at to be valid again.
   * `member` is who takes over a private board that would be left with nobody. In a workspace's stream: the person has
   * become a guest. In a person's own stream `userIds` is empty, for nobody loses that.
   */
  'access.revoked': z.object({
    userId: Id,
    userIds: z.array(Id),
    acl: z.int(),
    member: BoardMember.optional(),
    ...sharing,
  }),

  /** In a person's own stream: who they are, on all their screens. */
  'user.updated': User.partial().extend({ id: Id }),

  'role.created': CustomRole,
  'role.updated': CustomRole.partial().extend({ key: z.string(), version: z.int() }),
  'role.deleted': z.object({ key: z.string() }),
} as const

/** Facts after which a node must not send anything more of the stream to the people they name. */
export const REVOKING_TYPES: readonly string[] = ['access.revoked', 'member.left']
