import type { Board, BoardMember, BoardRole } from '@taskflow/shared/dto/board.ts'
import type { LiveBoard } from './board.svelte.ts'

export type BoardEdit = Partial<Pick<Board, 'name' | 'description' | 'visibility'>>

/** What one does to a board as a whole. */
export function boardSettings({ live, id }: LiveBoard) {
  const path = `/api/boards/${id}`
  return {
    edit: (changes: BoardEdit) =>
      live.write({ method: 'PATCH', path, body: changes, acts: [{ name: 'updateBoard', args: { changes } }] }),
    archive: (on: boolean) =>
      live.write({
        method: on ? 'PUT' : 'DELETE',
        path: `${path}/archived`,
        acts: [{ name: 'updateBoard', args: { changes: { archivedAt: on ? new Date().toISOString() : null } } }],
      }),
    duplicate: (copy: { id: string; name: string; withTasks: boolean }) =>
      live.write({ method: 'POST', path: `${path}/duplicate`, body: copy }),
    remove: () => live.write({ method: 'DELETE', path }),
    admit: (userId: string, role: BoardRole) =>
      live.write({ method: 'PUT', path: `${path}/members/${userId}`, body: { role } }),
    dismiss: (userId: string) => live.write({ method: 'DELETE', path: `${path}/members/${userId}` }),
  }
}

/** Owners and admins see every board; a role on one changes nothing for them. */
export const isAbove = ({ role }: Pick<BoardMember, 'role'>): boolean => role === 'owner' || role === 'admin'
