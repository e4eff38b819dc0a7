import type { BoardMember, BoardRole } from '@taskflow/shared/dto/board.ts'

const ON_BOARD: Record<BoardRole, string[]> = {
  viewer: [],
  commenter: ['comment:write'],
  editor: ['board:write', 'column:*', 'task:*', 'comment:*'],
}

/** What the screen offers; the API decides. `granted` are the person's permissions in the workspace. */
export function permissionsOnBoard(granted: string[], role: string, member: BoardMember | undefined): string[] {
  if (!member?.boardRole || role === 'owner' || role === 'admin') return granted
  return ON_BOARD[member.boardRole]
}
