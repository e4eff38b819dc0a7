import type { HistoryItem } from '@taskflow/shared/dto/history.ts'

/** What somebody did, maybe several times in a row, as one line. */
export interface Deed {
  id: string
  at: string
  actor: { id: string | null; name: string }
  /** A key of the words. */
  what: string
  boardId: string
  task: HistoryItem['task']
  /** How many other tasks they did the same to in the same breath. */
  others: number
}

const BY_FIELD: [field: string, what: string][] = [
  ['title', 'task.renamed'],
  ['assigneeIds', 'task.assigned'],
  ['due', 'task.due'],
  ['start', 'task.due'],
  ['labelIds', 'task.labelled'],
  ['priority', 'task.prioritised'],
  ['description', 'task.described'],
  ['checklistItems', 'task.checked'],
  ['checklist', 'task.checked'],
]
const ONE_BREATH_MS = 10 * 60_000

export function toDeeds(items: readonly HistoryItem[], known: (what: string) => boolean): Deed[] {
  const deeds: Deed[] = []
  for (const item of items) {
    const deed = toDeed(item)
    const last = deeds.at(-1)
    if (!known(deed.what) || (deed.what.startsWith('task.') && !deed.task)) continue
    if (!last || !isSameBreath(last, deed)) deeds.push(deed)
    else if (last.task?.id !== deed.task?.id) last.others++
  }
  return deeds
}

function toDeed({ stream, seq, at, type, actor, task, fields }: HistoryItem): Deed {
  const what = type === 'task.updated' ? (BY_FIELD.find(([field]) => fields.includes(field))?.[1] ?? type) : type
  return { id: `${stream}.${seq}`, at, actor, what, boardId: stream.slice(2), task, others: 0 }
}

const isSameBreath = (later: Deed, earlier: Deed) =>
  later.actor.id === earlier.actor.id &&
  later.what === earlier.what &&
  later.boardId === earlier.boardId &&
  Date.parse(later.at) - Date.parse(earlier.at) < ONE_BREATH_MS
