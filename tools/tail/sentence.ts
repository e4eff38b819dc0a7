import type { BoardState } from '@taskflow/shared/dto/board.ts'
import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import type { Status } from '@taskflow/shared/sync/liveness.ts'
import { stripVTControlCharacters } from 'node:util'

/** One line per fact: when, who, what, and about which card or column. */
export function sentence(
  { seq, at, actor, type, data }: Envelope,
  before: BoardState | null,
  after: BoardState,
): string {
  const { id, taskId, columnId } = data as { id?: string; taskId?: string; columnId?: string }
  const subject = nameIn(after, taskId ?? id) ?? nameIn(before, taskId ?? id)
  const column = columnId && after.columns.find((one) => one.id === columnId)?.name
  const parts = [`${seq}`.padStart(5), at.slice(11, 19), actor.name, type, subject, column && `in ${column}`]
  // Titles are other people's words: they may not steer the terminal.
  return stripVTControlCharacters(parts.filter(Boolean).join('  ')).replace(/\p{Cc}/gu, ' ')
}

function nameIn(state: BoardState | null, id: string | undefined): string | undefined {
  if (!state || !id) return undefined
  const task = state.tasks.find((one) => one.id === id)
  if (task) return `${state.board.key}-${task.number} ${task.title}`
  return [...state.columns, ...state.labels, ...state.members].find((one) => one.id === id)?.name
}

export function statusLine(status: Status): string {
  if (status.is === 'live') return '— Live'
  if (status.is === 'not live') return `— Not live: ${status.reason}`
  return status.is === 'gone' ? '— You may not see this board (any more)' : '— Catching up'
}
