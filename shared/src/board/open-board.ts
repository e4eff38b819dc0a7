import type { BoardSnapshot, BoardState } from '../dto/board.ts'
import { boardStream } from '../names.ts'
import type { Snapshot } from '../sync/replica.ts'
import type { Source } from '../sync/source.ts'
import { createSync, type Sync, type SyncOptions } from '../sync/sync.ts'
import type { View } from '../sync/view.ts'
import type { ActOf, Acts } from '../sync/write.ts'
import { applyEvent } from './apply-event.ts'
import { boardActs, type BoardActs } from './optimistic.ts'

export type BoardAct = ActOf<BoardActs>
export type BoardView = View<BoardState, BoardAct>

/** A board beside other streams, over the socket and the queue that they share. */
export const openBoardIn = (sync: Sync, boardId: string, snapshot?: BoardSnapshot): BoardView =>
  sync.open<BoardState, BoardAct>(boardSource(boardId), snapshot && toSnapshot(snapshot))

/** A board alone: closing it ends everything. */
export function openBoard({
  boardId,
  snapshot,
  ...options
}: SyncOptions & { boardId: string; snapshot?: BoardSnapshot }) {
  const sync = createSync(options)
  return { sync, board: openBoardIn(sync, boardId, snapshot) }
}

export const boardSource = (boardId: string): Source<BoardState> & { acts: Acts<BoardState> } => ({
  id: boardStream(boardId),
  apply: applyEvent,
  acts: boardActs,
  read: async (get) => toSnapshot(await get<BoardSnapshot>(`/api/boards/${boardId}`)),
})

const toSnapshot = ({ stream, ...state }: BoardSnapshot): Snapshot<BoardState> => ({ state, stream })
