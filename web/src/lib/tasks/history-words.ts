import type { HistoryItem } from '@taskflow/shared/dto/history.ts'
import type { Attachment, Priority, Progress } from '@taskflow/shared/dto/task.ts'
import type { When } from '@taskflow/shared/dto/when.ts'
import type { TaskWords } from '#lib/messages/task-words.ts'

/** The names of what history only has ids of. */
export interface Names {
  person(id: string): string
  column(id: string): string
  label(id: string): string
  when(when: When): string
  priority(priority: Priority): string
}

type Values = Partial<{
  columnId: string
  fromColumnId: string
  reason: string
  title: string
  priority: Priority
  assigneeIds: string[]
  labelIds: string[]
  due: When | null
  start: When | null
  checklist: Progress | null
  blockedByIds: string[]
  parentId: string | null
  attachments: Attachment[]
}>

/** One fact as sentences without their subject; none if there is nothing to tell. */
export function historyWords(
  { type, fields, changes }: HistoryItem,
  words: TaskWords['history'],
  names: Names,
): string[] {
  const values = changes as Values
  switch (type) {
    case 'task.created':
      return [words.created]
    case 'task.moved':
      return [moved(values, words, names)]
    case 'task.closed':
      return [words.closed]
    case 'task.reopened':
      return [words.reopened]
    case 'task.deleted':
      return [values.reason === 'archived' ? words.archived : words.trashed]
    case 'task.restored':
      return [words.restored]
    case 'comment.created':
      return [words.commented]
    case 'comment.updated':
      return [fields.includes('body') ? words.commentEdited : words.reacted]
    case 'comment.deleted':
      return [words.commentDeleted]
    case 'task.updated':
      return edited(fields, values, words, names)
    default:
      return []
  }
}

function moved({ columnId, fromColumnId }: Values, words: TaskWords['history'], names: Names): string {
  if (!columnId || fromColumnId === columnId) return words.reordered
  return words.moved(fromColumnId ? names.column(fromColumnId) : null, names.column(columnId))
}

function edited(fields: string[], values: Values, words: TaskWords['history'], names: Names): string[] {
  const { title, priority, assigneeIds, labelIds, due, start, checklist, blockedByIds, parentId, attachments } = values
  const said: string[] = []
  const has = (field: string) => fields.includes(field)
  if (title !== undefined) said.push(words.title(title))
  if (has('description')) said.push(words.description)
  if (priority) said.push(words.priority(names.priority(priority)))
  if (assigneeIds) said.push(words.assignees(assigneeIds.map(names.person).join(', ')))
  if (labelIds) said.push(words.labels(labelIds.map(names.label).join(', ')))
  if (due !== undefined) said.push(words.due(due && names.when(due)))
  if (start !== undefined) said.push(words.start(start && names.when(start)))
  if (has('checklistItems')) said.push(checklist ? words.checklist(checklist.done, checklist.total) : words.noChecklist)
  if (blockedByIds) said.push(words.blockers(blockedByIds.length))
  if (parentId !== undefined) said.push(words.parent(parentId !== null))
  if (attachments) said.push(words.files(attachments.length))
  if (has('watcherIds')) said.push(words.watchers)
  return said.length ? said : [words.changed]
}
