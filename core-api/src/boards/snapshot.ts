import { boardStream } from '@taskflow/shared/names.ts'
import type { Ctx } from '../context.ts'
import { isKnown } from '../http/preconditions.ts'
import { type Position, positionOf } from '../streams/catching-up.ts'
import { ticketFor } from '../streams/tickets.ts'
import { toBoardDto } from './board.dto.ts'
import { type BoardRow, getBoardFor } from './boards.access.ts'
import type { SnapshotCache } from './snapshot-cache.ts'
import { COLUMNS, LABELS, MEMBERS, TASKS } from './snapshot.queries.ts'

interface Snapshot {
  etag: string
  /** Null where the reader has it already. */
  json: SnapshotParts | null
}

/** Two halves of one JSON text: what is for this reader alone, and what all who may read the board are told. */
export interface SnapshotParts {
  own: Buffer
  shared: Buffer
}

/** The whole board as JSON, unless `known` is what it would be answered with. The right to read it is checked each time. */
export async function boardSnapshot(
  ctx: Ctx,
  { id, known, cache }: { id: string; known?: string; cache: SnapshotCache },
): Promise<Snapshot> {
  const stream = boardStream(id)
  const [position, board] = await Promise.all([positionOf(ctx, stream), getBoardFor(ctx, id, 'board:read')])
  const etag = etagOf(position)
  if (isKnown(etag, known)) return { etag, json: null }
  const shared = await cache.get(id, etag, () => readState(ctx, board))
  const head = { id: stream, ...position, ticket: ticketFor(ctx, stream, position.seq) }
  return { etag, json: { own: Buffer.from(`{"stream":${JSON.stringify(head)},`), shared } }
}

/** All but the opening brace. The database writes it, nothing is parsed. */
async function readState(ctx: Ctx, board: BoardRow): Promise<Buffer> {
  const list = async (query: string, id: string) => {
    const rows = await ctx.tx.sql<{ json: string }>(query, [id])
    return rows.map((row) => row.json).join(',')
  }
  const [columns, tasks, labels, members] = await Promise.all([
    list(COLUMNS, board.id),
    list(TASKS, board.id),
    list(LABELS, board.workspaceId),
    list(MEMBERS, board.id),
  ])
  return Buffer.from(
    `"board":${JSON.stringify(toBoardDto(board))},"columns":[${columns}],"tasks":[${tasks}],` +
      `"labels":[${labels}],"members":[${members}]}`,
  )
}

export const etagOf = ({ epoch, seq }: Position) => `"${epoch}.${seq}"`
