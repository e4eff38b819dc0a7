import type { Board } from '@taskflow/shared/dto/board.ts'
import type { BoardRow } from './boards.access.ts'

/** The board without what the actor may do with it. */
export const toBoardDto = ({ role: _, custom: __, boardRole: ___, acl: ____, ...board }: BoardRow): Board => board
