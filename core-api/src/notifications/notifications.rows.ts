import type { InboxPage } from '@taskflow/shared/dto/notification.ts'
import { addTask, send } from '../testing/boards.ts'
import type { Person } from '../testing/person.ts'
import type { Row, World } from '../testing/route-table.ts'
import { row } from '../testing/row.ts'

const EVERYBODY = [401, 200, 200, 200, 200, 200]
/** Only one's own: strangers send the id of somebody else's. */
const ONES_OWN = [401, 404, 200, 200, 200, 200]

/** One of the caller's own; whoever has none takes a member's. */
async function aNotification(world: World, caller: Person | null): Promise<string> {
  const team = [world.guest, world.member, world.admin, world.owner]
  const person = team.find((one) => one === caller) ?? world.member
  const by = person === world.owner ? world.admin : world.owner
  await addTask(by, world.boardId, { title: 'To be told', assigneeIds: [person.userId] })
  const { items } = await send<InboxPage>(person, 'GET', '/api/notifications')
  return items[0]!.id
}

const one: Row['call'] = async (world, caller) => ({ params: { id: await aNotification(world, caller) } })
const some: Row['call'] = async (world, caller) => ({ body: { ids: [await aNotification(world, caller)] } })

export const notificationRows: Row[] = [
  row('GET /api/notifications', EVERYBODY),
  row('GET /api/notifications/count', EVERYBODY),
  row('PUT /api/notifications/:id/read', ONES_OWN, one),
  row('DELETE /api/notifications/:id/read', ONES_OWN, one),
  row('PUT /api/notifications/:id/archived', ONES_OWN, one),
  row('DELETE /api/notifications/:id/archived', ONES_OWN, one),
  row('PUT /api/notifications/:id/snoozed', ONES_OWN, async (world, caller) => ({
    ...(await one(world, caller)),
    body: { until: new Date(Date.now() + 3_600_000).toISOString() },
  })),
  row('DELETE /api/notifications/:id/snoozed', ONES_OWN, one),
  row('POST /api/notifications/read', ONES_OWN, some),
  row('POST /api/notifications/unread', ONES_OWN, some),
  row('POST /api/notifications/snooze', ONES_OWN, async (world, caller) => ({
    body: { ids: [await aNotification(world, caller)], until: new Date(Date.now() + 3_600_000).toISOString() },
  })),
  row('POST /api/notifications/archive', ONES_OWN, some),
]
