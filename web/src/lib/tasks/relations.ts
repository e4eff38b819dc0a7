import type { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import type { TaskCard } from '@taskflow/shared/dto/task.ts'

/** A task on one side of a dependency, from this board or another. */
export interface Related {
  id: string
  key: string
  title: string
  isClosed: boolean
  boardId: string
  blockedByIds: string[]
}

export const fromListed = ({ id, key, title, closedAt, boardId, blockedByIds }: ListedTask): Related => ({
  ...{ id, key, title, boardId, blockedByIds },
  isClosed: closedAt !== null,
})

export const fromCard = (card: TaskCard, key: string): Related => ({
  ...{ id: card.id, key, title: card.title, boardId: card.boardId, blockedByIds: card.blockedByIds },
  isClosed: card.closedAt !== null,
})

interface Sides {
  blockedBy: Related[]
  blocks: Related[]
}

/** Both sides of a task: as the board has them now, and from other boards as they were last read. */
export function relationsOf(
  task: Pick<TaskCard, 'id' | 'blockedByIds'>,
  boardId: string,
  cards: Iterable<TaskCard>,
  keyOf: (card: TaskCard) => string,
  read: Sides,
): Sides {
  const here = new Map<string, Related>()
  const blocks: Related[] = []
  for (const card of cards) {
    const isBlocked = card.blockedByIds.includes(task.id)
    if (isBlocked) blocks.push(fromCard(card, keyOf(card)))
    if (task.blockedByIds.includes(card.id)) here.set(card.id, fromCard(card, keyOf(card)))
  }
  const elsewhere = (one: Related) => one.boardId !== boardId
  const known = new Map([...read.blockedBy, ...read.blocks].map((one) => [one.id, one]))
  return {
    blockedBy: task.blockedByIds.flatMap((id) => here.get(id) ?? known.get(id) ?? []),
    blocks: [...blocks, ...read.blocks.filter(elsewhere).filter(({ blockedByIds }) => blockedByIds.includes(task.id))],
  }
}
