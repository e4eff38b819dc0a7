import type { Board, Column, Label } from '@taskflow/shared/dto/board.ts'
import type { Comment, Task } from '@taskflow/shared/dto/task.ts'
import type { CustomRole, NewInvitation } from '@taskflow/shared/dto/workspace.ts'
import { newId } from '@taskflow/shared/ids.ts'
import type { TestApp } from './app.ts'
import { addMember, foundTeam, send, sqlAsOwner, type Team } from './boards.ts'

export type World = Awaited<ReturnType<typeof createWorld>>

/** A team whose guest is a viewer of its board, and what makes new things there on behalf of the owner. */
export async function createWorld(app: TestApp) {
  const team = await foundTeam(app)
  const { owner, boardId } = team
  await send(owner, 'PUT', `/api/boards/${boardId}/members/${team.guest.userId}`, { role: 'viewer' })
  return { ...team, app, make: makersOf(app, team) }
}

function makersOf(app: TestApp, team: Team) {
  const { owner, boardId, workspaceId } = team
  const create = <T>(path: string, body: unknown) => send<T>(owner, 'POST', path, body)
  const task = (input: object = {}) => create<Task>(`/api/boards/${boardId}/tasks`, { title: 'A task', ...input })
  return {
    task,
    column: () => create<Column>(`/api/boards/${boardId}/columns`, { name: 'A column' }),
    label: () => create<Label>(`/api/workspaces/${workspaceId}/labels`, { name: newId() }),
    comment: async (taskId?: string) =>
      create<Comment>(`/api/tasks/${taskId ?? (await task()).id}/comments`, { body: 'A comment' }),
    board: () => create<Board>(`/api/workspaces/${workspaceId}/boards`, { name: 'A board' }),
    invitation: () => create<NewInvitation>(`/api/workspaces/${workspaceId}/invitations`, { role: 'member' }),
    revoked: (id: string) => send(owner, 'DELETE', `/api/invitations/${id}`),
    role: () =>
      create<CustomRole>(`/api/workspaces/${workspaceId}/roles`, {
        key: `r${newId().slice(-20)}`,
        name: 'R',
        permissions: [],
      }),
    /** Somebody who never signs in. */
    member: () => addSilentMember(app, workspaceId),
    /** Another workspace of the same people. */
    workspace: () => foundAnother(app, team),
  }
}

async function addSilentMember(app: TestApp, workspaceId: string): Promise<{ userId: string }> {
  const userId = newId()
  await sqlAsOwner(app, `insert into auth_user (id, name, email) values ($1::uuid, 'Sil', $1 || '@example.org')`, [
    userId,
  ])
  await sqlAsOwner(app, `insert into workspace_member (workspace_id, user_id, role) values ($1, $2, 'member')`, [
    workspaceId,
    userId,
  ])
  return { userId }
}

async function foundAnother(app: TestApp, { owner, admin, member, guest }: Team): Promise<{ id: string }> {
  const { id } = await send<{ id: string }>(owner, 'POST', '/api/workspaces', { name: 'Another' })
  for (const [person, role] of [
    [admin, 'admin'],
    [member, 'member'],
    [guest, 'guest'],
  ] as const)
    await addMember(app, id, person, role)
  return { id }
}
