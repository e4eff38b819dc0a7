import type { Recurrence } from '@taskflow/shared/dto/recurrence.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import type { When } from '@taskflow/shared/dto/when.ts'
import { parseRule } from '@taskflow/shared/recurrence/parsing.ts'
import { formatRule } from '@taskflow/shared/recurrence/rule.ts'
import type { Outcome } from '@taskflow/shared/sync/write.ts'
import type { OpenTask } from '../open-task.svelte.ts'

/** From its due date on, or from today where it has none. */
export function repeat(open: OpenTask, recurrence: Recurrence, first: When): void {
  const { face } = open
  if (!face) return
  const { recurrence: before, due } = face
  const back = () => {
    if (before) void put(open, before)
    else void drop(open)
    if (!due) void setDates(open, { due })
  }
  open.did(put(open, recurrence, due ? {} : { due: first }), back)
}

/** The task stays, and nothing follows it. */
export function stop(open: OpenTask): void {
  const before = open.face?.recurrence
  if (before) open.did(drop(open), () => void put(open, before))
}

/** The task is due when the next one would be. */
export function skip(open: OpenTask, text: string): void {
  const { face } = open
  if (!face?.recurrence) return
  const { due, start, recurrence } = face
  const outcome = open.write({ method: 'POST', path: `${pathOf(open)}/recurrence/skip`, acts: [] })
  open.did(outcome, () => void unskip(open, recurrence, { due, start }), text)
}

/** The series begins anew where it was, by the rule as it was; what counts its dates has lost the one that was skipped. */
async function unskip(open: OpenTask, before: Recurrence, dates: Pick<Task, 'due' | 'start'>): Promise<void> {
  const outcome = await setDates(open, { ...dates, scope: 'following' })
  const recurrence = outcome.kind === 'done' && (outcome.body as Task).recurrence
  if (!recurrence) return
  const { count } = parseRule(recurrence.rrule)
  const rrule = formatRule({ ...parseRule(before.rrule), count: count === null ? null : count + 1 })
  if (rrule !== recurrence.rrule) void put(open, { ...before, rrule })
}

const pathOf = ({ id }: OpenTask) => `/api/tasks/${id}`

const put = (open: OpenTask, recurrence: Recurrence, beside: Partial<Task> = {}): Promise<Outcome> =>
  open.write({
    method: 'PUT',
    path: `${pathOf(open)}/recurrence`,
    body: recurrence,
    acts: [{ name: 'updateTask', args: { id: open.id, changes: { recurrence, ...beside } } }],
  })

const drop = (open: OpenTask): Promise<Outcome> =>
  open.write({
    method: 'DELETE',
    path: `${pathOf(open)}/recurrence`,
    acts: [{ name: 'updateTask', args: { id: open.id, changes: { recurrence: null } } }],
  })

function setDates(open: OpenTask, body: Partial<Pick<Task, 'due' | 'start'>> & { scope?: 'following' }) {
  const { scope: _scope, ...changes } = body
  const acts = [{ name: 'updateTask', args: { id: open.id, changes } }]
  return open.write({ method: 'PATCH', path: pathOf(open), body, acts })
}
