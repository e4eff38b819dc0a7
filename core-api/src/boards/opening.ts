import type { Board } from '@taskflow/shared/dto/board.ts'
import type { WriteCtx } from '../context.ts'
import { recordForUser, recordInWorkspace, recordOnBoard } from '../streams/record.ts'
import { dropFromTasks } from './unassigning.ts'
import { saveBoardMember } from './admitting.ts'
import type { BoardRow } from './boards.access.ts'
import { holdPeople, toBoardMember } from './boards.queries.ts'
import { type BoardChanges, saveBoard } from './saving.ts'

/** Makes a board private: whoever does it and those who were named on it keep it, everybody else loses it at once. */
export async function closeToOthers(ctx: WriteCtx, board: BoardRow, changes: BoardChanges): Promise<Board> {
  const { id, workspaceId } = board
  const people = await holdPeople(ctx, id)
  const keepers = people.filter((person) => person.boardRole !== null || person.id === ctx.actor.id)
  const userIds = people.filter((person) => person.sees && !keepers.includes(person)).map((person) => person.id)
  await dropFromTasks(ctx, [id], userIds)
  const saved = saveBoard(ctx, board, changes)
  const me = { ...toBoardMember(people.find((person) => person.id === ctx.actor.id)!), boardRole: 'editor' as const }
  saveBoardMember(ctx, board, me)
  const left = { boardId: id, members: [me], ...changes, version: saved.version }
  if (userIds.length > 0) {
    const data = { userId: userIds[0]!, userIds, acl: 0, ...left }
    recordOnBoard(ctx, { workspaceId, boardId: id }, { type: 'access.revoked', subject: id, data })
  } else {
    const data = { userId: me.id, ...left }
    recordOnBoard(ctx, { workspaceId, boardId: id }, { type: 'access.granted', subject: id, data })
  }
  recordInWorkspace(ctx, workspaceId, { type: 'board.deleted', subject: id, data: { id, reason: 'private' } })
  for (const { id: userId } of keepers) {
    const data = { userId, workspaceId, boardId: id, board: saved }
    recordForUser(ctx, userId, { type: 'access.granted', subject: id, data })
  }
  return saved
}

/** Opens a private board to all members of the workspace; guests still need to be named on it. */
export async function openToAll(ctx: WriteCtx, board: BoardRow, changes: BoardChanges): Promise<Board> {
  const { id, workspaceId } = board
  const people = await holdPeople(ctx, id)
  const members = people.filter((person) => !person.sees && person.role !== 'guest').map(toBoardMember)
  const saved = saveBoard(ctx, board, changes)
  const data = { userId: ctx.actor.id, boardId: id, members, ...changes, version: saved.version }
  recordOnBoard(ctx, { workspaceId, boardId: id }, { type: 'access.granted', subject: id, data })
  recordInWorkspace(ctx, workspaceId, { type: 'board.created', subject: id, data: saved })
  const updated = { type: 'board.updated' as const, subject: id, data: { id, ...changes, version: saved.version } }
  for (const guest of people) if (guest.sees && guest.role === 'guest') recordForUser(ctx, guest.id, updated)
  return saved
}
