import type { User } from '@taskflow/shared/dto/user.ts'
import type { Me, WorkspaceSnapshot, WorkspaceState } from '@taskflow/shared/dto/workspace.ts'
import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import { userStream, workspaceStream } from '@taskflow/shared/names.ts'
import type { Source } from '@taskflow/shared/sync/source.ts'
import { applyWorkspaceEvent } from '@taskflow/shared/workspace/apply-workspace-event.ts'

type Get = <T>(path: string) => Promise<T>

export interface UserState {
  user: User
  unread: number
}

export const userSource = (userId: string): Source<UserState> => ({
  id: userStream(userId),
  apply: applyUserEvent,
  read: async (get: Get) => {
    const { user, unread, stream } = await get<Me>('/api/me')
    return { state: { user, unread }, stream }
  },
})

/** What a person's own facts mean for the frame: who they are, and how much they have not read. */
export function applyUserEvent(state: UserState, { type, data }: Envelope): UserState {
  const { unread } = data as { unread?: number }
  if (typeof unread === 'number') return { ...state, unread }
  if (type === 'user.updated') return { ...state, user: { ...state.user, ...(data as Partial<User>) } }
  return state
}

export const workspaceSource = (workspaceId: string): Source<WorkspaceState> => ({
  id: workspaceStream(workspaceId),
  apply: applyWorkspaceEvent,
  read: async (get: Get) => {
    const { stream, ...state } = await get<WorkspaceSnapshot>(`/api/workspaces/${workspaceId}`)
    return { state, stream }
  },
})
