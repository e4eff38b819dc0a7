import type { Task } from '@taskflow/shared/dto/task.ts'
import { newId } from '@taskflow/shared/ids.ts'
import type { Person } from '../../../core-api/src/testing/person.ts'
import type { Random } from '../random.ts'
import { findInInbox } from './inbox.ts'
import type { Room } from './office.ts'

/**
 * One task, about which people talk, one after the other: so it is known at each act whom it concerns. Other desks do
 * not wait for this one.
 */
export async function openDesk({ ask, book, ledger, boardId, columnIds, people, readers }: Room, random: Random) {
  const id = newId()
  const path = `/api/tasks/${id}`
  const assignees = new Set<string>()
  const watchers = new Set<string>()
  const [creator, first] = [random.pick(people), random.pick(people)]
  const task = { id, title: `Desk of ${creator.name}`, columnId: columnIds[0], assigneeIds: [first.userId] }
  book.taskIds.add(id)
  const made = await ask<Task>(creator, 'POST', `/api/boards/${boardId}/tasks`, task)
  assignees.add(first.userId)
  book.oweAll({ by: creator.userId, taskId: id, ...made }, { assigned: assignees })
  let { columnId } = made.body
  let isClosed = false

  async function assign(by: Person) {
    const who = random.pick(people)
    const on = !assignees.has(who.userId)
    const asked = await ask(by, on ? 'PUT' : 'DELETE', `${path}/assignees/${who.userId}`)
    if (on) assignees.add(who.userId)
    else assignees.delete(who.userId)
    const reason = on ? 'assigned' : 'unassigned'
    book.oweAll({ by: by.userId, taskId: id, ...asked }, { [reason]: [who.userId] })
  }

  async function comment(by: Person) {
    const mentioned = random.below(2) ? [random.pick(people).userId] : []
    const asked = await ask(by, 'POST', `${path}/comments`, { body: 'Indeed.', mentionIds: mentioned })
    const commented = [...assignees, ...watchers, creator.userId]
    book.oweAll({ by: by.userId, taskId: id, ...asked }, { mentioned, commented })
    watchers.add(by.userId)
  }

  async function move(by: Person) {
    if (isClosed) return close(by)
    const to = random.pick(columnIds.filter((one) => one !== columnId))
    const asked = await ask<Task>(by, 'PUT', `${path}/position`, { columnId: to })
    columnId = to
    oweStatus(by, asked)
  }

  async function close(by: Person) {
    const asked = await ask<Task>(by, isClosed ? 'DELETE' : 'PUT', `${path}/closed`)
    isClosed = !isClosed
    columnId = asked.body.columnId
    oweStatus(by, asked)
  }

  const oweStatus = (by: Person, asked: { act: string; at: number }) =>
    book.oweAll({ by: by.userId, taskId: id, ...asked }, { status_changed: [...assignees, ...watchers] })

  /** Whoever looks finds all that they were told, and nothing else. */
  async function read() {
    const by = random.pick(readers)
    const owed = book.unreadOf(by.userId, id)
    if (owed === 0) return
    const row = await findInInbox(ask, by, id)
    if (!row) return ledger.fault(`${by.name} was told ${owed} times of a desk and does not see it`)
    if (row.unreadCount !== owed) ledger.fault(`${by.name} sees ${row.unreadCount} of ${owed} unread`)
    await ask(by, 'PUT', `/api/notifications/${row.id}/read`)
    book.read(by.userId, id)
  }

  const ACTS = [assign, assign, comment, comment, comment, move, close, read, read]
  return { act: () => random.pick(ACTS)(random.pick(people)) }
}
