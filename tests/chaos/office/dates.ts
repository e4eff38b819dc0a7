import { newId } from '@taskflow/shared/ids.ts'
import type { Random } from '../random.ts'
import type { Room } from './office.ts'

const SOON_MS = 12_000
const HOUR_MS = 3600_000

/** Somebody wants to be reminded at a moment that is about to come, unless it is over before they are heard. */
export async function remind({ ask, book, boardId, people }: Room, random: Random) {
  const by = random.pick(people)
  const task = { id: newId(), title: 'Of which somebody is reminded' }
  book.taskIds.add(task.id)
  await ask(by, 'POST', `/api/boards/${boardId}/tasks`, task)
  const moment = Date.now() + 3_000 + random.below(SOON_MS)
  const reminders = [{ kind: 'custom', at: new Date(moment).toISOString() }]
  const asked = await ask(by, 'PUT', `/api/tasks/${task.id}/reminders`, { reminders }, 'reminders.in_the_past')
  if (asked.status < 300) book.owe({ userId: by.userId, taskId: task.id, reason: 'reminder', act: null, at: asked.at })
}

/** What is due within the day is told to whom it is given, beside that it is theirs. */
export async function giveWhatIsDue({ ask, book, boardId, people }: Room, random: Random) {
  const [by, other] = twoOf(people, random)
  const due = new Date(Date.now() + HOUR_MS).toISOString()
  const task = { id: newId(), title: 'Due soon', due, assigneeIds: [other.userId] }
  book.taskIds.add(task.id)
  const { act, at } = await ask(by, 'POST', `/api/boards/${boardId}/tasks`, task)
  book.owe({ userId: other.userId, taskId: task.id, reason: 'assigned', act, at })
  book.owe({ userId: other.userId, taskId: task.id, reason: 'due_soon', act: null, at })
}

/** What repeats is closed, and is there again. */
export async function closeWhatRepeats({ ask, book, boardId, people }: Room, random: Random) {
  const [by, other] = twoOf(people, random)
  const id = newId()
  const title = `Weekly ${id}`
  const due = new Date(Date.now() + 30 * 24 * HOUR_MS).toISOString().slice(0, 10)
  const recurrence = { rrule: 'FREQ=WEEKLY', zone: 'UTC' }
  book.taskIds.add(id)
  const task = { id, title, due, recurrence, assigneeIds: [other.userId] }
  const made = await ask(by, 'POST', `/api/boards/${boardId}/tasks`, task)
  book.oweAll({ by: by.userId, taskId: id, ...made }, { assigned: [other.userId] })
  const closed = await ask(by, 'PUT', `/api/tasks/${id}/closed`)
  book.oweAll({ by: by.userId, taskId: id, ...closed }, { status_changed: [other.userId] })
  book.followed.push({ taskId: id, title })
}

function twoOf<T>(people: T[], random: Random): [T, T] {
  const one = random.pick(people)
  return [one, random.pick(people.filter((other) => other !== one))]
}
