import type { HistoryItem } from '@taskflow/shared/dto/history.ts'

export interface FactRow extends Pick<HistoryItem, 'stream' | 'seq' | 'at' | 'type' | 'actor'> {
  subject: string | null
  data: Record<string, unknown>
}

/** What came into being is told by its name and place alone; all of its fields are new. */
const ARRIVAL = /\.(created|restored|joined|granted)$/
const NAMES = ['title', 'name', 'number', 'columnId', 'boardId', 'fromBoardId', 'userId', 'role']
const NEITHER_READ_NOR_SHOWN = new Set([
  ...['id', 'taskId', 'version', 'updatedAt', 'position', 'acl', 'descriptionVersion', 'hasDescription'],
  ...['newlyMentionedIds', 'commentCount', 'createdBy', 'createdAt'],
])
/** A comment that was taken back is not to be read here either. */
const TEXTS = new Set(['description', 'body', 'mentionIds', 'tasks'])

export function toHistoryItem(row: FactRow, task: HistoryItem['task']): HistoryItem {
  const { stream, seq, at, type, actor, data } = row
  const fields = Object.keys(data).filter((field) => isTold(type, field))
  const changes = Object.fromEntries(fields.filter((field) => !TEXTS.has(field)).map((field) => [field, data[field]]))
  return { stream, seq, at, type, actor, task, fields, changes }
}

function isTold(type: string, field: string): boolean {
  if (ARRIVAL.test(type)) return NAMES.includes(field)
  return !NEITHER_READ_NOR_SHOWN.has(field)
}
