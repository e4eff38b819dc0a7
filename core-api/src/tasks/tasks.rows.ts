import { newId } from '@taskflow/shared/ids.ts'
import type { Row, World } from '../testing/route-table.ts'
import { CREATING, REMOVING, row, SEEING, WRITING } from '../testing/row.ts'

const some = async ({ make }: World) => ({ params: { id: (await make.task()).id } })
const withPerson = async ({ make, member }: World) => ({
  params: { id: (await make.task()).id, userId: member.userId },
})
const withItem = async ({ make }: World) => {
  const item = { id: newId(), text: 'A step', done: false, kind: 'step' }
  return { params: { id: (await make.task({ checklistItems: [item] })).id, itemId: item.id } }
}
const withBlocker = async ({ make }: World) => ({
  params: { id: (await make.task()).id, blockerId: (await make.task()).id },
})
const theBoard = ({ boardId }: World) => ({ params: { id: boardId } })

export const taskRows: Row[] = [
  row('POST /api/boards/:id/tasks', CREATING, (world) => ({
    ...theBoard(world),
    body: { title: 'New', columnId: world.columns[0].id, assigneeIds: [world.member.userId] },
  })),
  row('GET /api/boards/:id/tasks', SEEING, theBoard),
  row('POST /api/boards/:id/tasks/bulk', WRITING, async (world) => ({
    ...theBoard(world),
    body: { ids: [(await world.make.task()).id], act: { type: 'edit', priority: 'high' } },
  })),
  row('GET /api/tasks/:id', SEEING, some),
  row('PATCH /api/tasks/:id', WRITING, async (world) => ({ ...(await some(world)), body: { title: 'Renamed' } })),
  row('DELETE /api/tasks/:id', REMOVING, some),
  row('PUT /api/tasks/:id/position', WRITING, async (world) => ({
    ...(await some(world)),
    body: { columnId: world.columns[1].id },
  })),
  row('PUT /api/tasks/:id/assignees/:userId', WRITING, withPerson),
  row('DELETE /api/tasks/:id/assignees/:userId', WRITING, withPerson),
  row('PUT /api/tasks/:id/watchers/:userId', WRITING, withPerson),
  row('DELETE /api/tasks/:id/watchers/:userId', WRITING, withPerson),
  row('PUT /api/tasks/:id/checklist/:itemId', WRITING, async (world) => ({
    ...(await withItem(world)),
    body: { done: true },
  })),
  row('DELETE /api/tasks/:id/checklist/:itemId', WRITING, withItem),
  row('PUT /api/tasks/:id/blockers/:blockerId', WRITING, withBlocker),
  row('DELETE /api/tasks/:id/blockers/:blockerId', WRITING, withBlocker),
  row('PUT /api/tasks/:id/closed', WRITING, some),
  row('DELETE /api/tasks/:id/closed', WRITING, some),
  row('PUT /api/tasks/:id/archived', WRITING, some),
  row('PUT /api/tasks/:id/restored', WRITING, some),
  row('POST /api/tasks/:id/duplicate', CREATING, async (world) => ({ ...(await some(world)), body: {} })),
  row('GET /api/tasks/:id/subtasks', SEEING, some),
  row('GET /api/tasks/:id/dependencies', SEEING, some),
]
