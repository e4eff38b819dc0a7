import { z } from '@hono/zod-openapi'
import { RecurrenceInput } from '@taskflow/shared/dto/recurrence.ts'
import { ChecklistItem, Priority } from '@taskflow/shared/dto/task.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import { WhenInput } from '@taskflow/shared/dto/when.ts'

const TITLE_LIMIT = 1_000
const TEXT_LIMIT = 100_000
export const LIST_LIMIT = 200

const Item = ChecklistItem.extend({ text: z.string().max(TITLE_LIMIT) })
const Checklist = z
  .array(Item)
  .max(LIST_LIMIT)
  .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, 'names an item twice')

const distinct = <T>(values: T[]) => [...new Set(values)]
const Ids = z.array(Id).max(LIST_LIMIT).transform(distinct)

export const Title = z.string().trim().min(1).max(TITLE_LIMIT)

const fields = {
  title: Title,
  description: z.string().max(TEXT_LIMIT).optional(),
  priority: Priority.optional(),
  assigneeIds: Ids.optional(),
  labelIds: Ids.optional(),
  start: WhenInput.nullish(),
  due: WhenInput.nullish(),
  parentId: Id.nullish(),
  checklistItems: Checklist.optional(),
}

const neighbours = { before: Id.nullish(), after: Id.nullish() }

export const TaskScope = z.enum(['this', 'following']).openapi({
  description:
    'Of a task that repeats: whether the change is to this occurrence only or also to all that follow. Without it, dates change for this one only, everything else for all.',
})

export const NewTaskBody = z
  .strictObject({
    id: Id.optional(),
    columnId: Id.optional(),
    ...neighbours,
    ...fields,
    recurrence: RecurrenceInput.nullish(),
  })
  .openapi('NewTask', { example: { title: 'Fix the sign-in page', columnId: '019a9d1e-5f00-7000-8000-000000000001' } })

export const EditTaskBody = z
  .strictObject({
    ...fields,
    title: Title.optional(),
    blockedByIds: Ids.optional(),
    version: z.int().optional(),
    scope: TaskScope.optional(),
  })
  .openapi('EditTask', { example: { title: 'Fix the sign-in page', priority: 'high' } })

export const ItemBody = z
  .strictObject({ ...Item.omit({ id: true }).partial().shape, ...neighbours, scope: TaskScope.optional() })
  .openapi('ChecklistItemChange', { example: { done: true } })

export const PositionBody = z
  .strictObject({ columnId: Id, ...neighbours })
  .openapi('TaskPosition', { example: { columnId: '019a9d1e-5f00-7000-8000-000000000001', before: null } })
