import { BOARD_FIELDS, pick } from '../board/fields.ts'
import { change, drop, put } from '../board/rows.ts'
import type { Board } from '../dto/board.ts'
import type { CustomRole, Member, Workspace, WorkspaceState } from '../dto/workspace.ts'
import type { AnyEnvelope } from '../events/all.ts'
import type { Envelope } from '../events/envelope.ts'

const WORKSPACE_FIELDS = ['id', 'name', 'createdAt', 'version'] as const
const MEMBER_FIELDS = ['id', 'name', 'image', 'role', 'joinedAt'] as const

/** A workspace's snapshot after one more fact, like `applyEvent` for boards. */
export function applyWorkspaceEvent(state: WorkspaceState, envelope: Envelope): WorkspaceState {
  const event = envelope as AnyEnvelope
  switch (event.type) {
    case 'workspace.created':
    case 'workspace.updated':
      return { ...state, workspace: { ...state.workspace, ...pick<Workspace>(event.data, WORKSPACE_FIELDS) } }
    case 'board.created':
    case 'board.restored':
      return { ...state, boards: put(state.boards, toBoard(event.data) as Board) }
    case 'board.updated':
    case 'board.archived':
      return { ...state, boards: change(state.boards, { ...toBoard(event.data), id: event.data.id }) }
    case 'board.deleted':
      return { ...state, boards: drop(state.boards, event.data.id) }
    case 'member.joined':
      return { ...state, members: put(state.members, toMember(event.data) as Member) }
    case 'member.changed':
      return { ...state, members: change(state.members, { ...toMember(event.data), id: event.data.id }) }
    case 'member.left':
      return { ...state, members: drop(state.members, event.data.userId) }
    // Who loses the workspace's stream without leaving has become a guest.
    case 'access.revoked':
      return { ...state, members: change<Member>(state.members, { id: event.data.userId, role: 'guest' }) }
    case 'label.created':
      return { ...state, labels: put(state.labels, event.data) }
    case 'label.updated':
      return { ...state, labels: change(state.labels, event.data) }
    case 'label.deleted':
      return { ...state, labels: drop(state.labels, event.data.id) }
    case 'role.created':
      return { ...state, roles: [...withoutRole(state, event.data.key), event.data] }
    case 'role.updated':
      return {
        ...state,
        roles: state.roles.map((role) => (role.key === event.data.key ? { ...role, ...event.data } : role)),
      }
    case 'role.deleted':
      return { ...state, roles: withoutRole(state, event.data.key) }
    default:
      return state
  }
}

const toBoard = (data: object) => pick<Board>(data, BOARD_FIELDS)
const toMember = (data: object) => pick<Member>(data, MEMBER_FIELDS)

const withoutRole = ({ roles }: WorkspaceState, key: string): CustomRole[] => roles.filter((role) => role.key !== key)
