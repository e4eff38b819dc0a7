import type { Hue, Label } from '@taskflow/shared/dto/board.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { workspaceStream } from '@taskflow/shared/names.ts'
import { recordOnAll } from '../boards/telling.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict } from '../errors.ts'
import { demandRoom } from '../quotas.ts'
import { lockWorkspaceFor } from '../workspaces/workspaces.access.ts'
import { LabelEntity, toLabelDto } from './label.entity.ts'
import { lockLabelFor } from './labels.access.ts'

export interface NewLabel {
  id?: string
  name: string
  color: Hue
}

export async function createLabel(ctx: WriteCtx, workspaceId: string, input: NewLabel): Promise<Label> {
  await lockWorkspaceFor(ctx, workspaceId, 'label:write')
  const known = input.id && (await ctx.tx.em.findOne(LabelEntity, { id: input.id, workspaceId }))
  if (known) return unchanged(ctx, workspaceId, known)
  await demandFreeName(ctx, workspaceId, input.name)
  await demandRoom(ctx, 'labels', workspaceId)
  const label = ctx.tx.em.create(LabelEntity, { ...input, id: input.id ?? newId(), workspaceId, version: 1 })
  await recordOnAll(ctx, workspaceId, { type: 'label.created', subject: label.id, data: toLabelDto(label) })
  return toLabelDto(label)
}

export async function editLabel(
  ctx: WriteCtx,
  id: string,
  { name, color }: Partial<Omit<NewLabel, 'id'>>,
): Promise<Label> {
  const label = await lockLabelFor(ctx, id, 'label:write')
  const { workspaceId } = label
  const changes = {
    ...(name !== undefined && name !== label.name && { name }),
    ...(color !== undefined && color !== label.color && { color }),
  }
  if (Object.keys(changes).length === 0) return unchanged(ctx, workspaceId, label)
  if (changes.name) await demandFreeName(ctx, workspaceId, changes.name, id)
  Object.assign(label, changes, { version: label.version + 1 })
  const data = { id, ...changes, version: label.version }
  await recordOnAll(ctx, workspaceId, { type: 'label.updated', subject: id, data })
  return toLabelDto(label)
}

const TAKE_OFF = `
  update task set label_ids = array_remove(label_ids, $2) where workspace_id = $1 and $2 = any(label_ids)`

/** Removes a label, also from every task that has it. */
export async function removeLabel(ctx: WriteCtx, id: string): Promise<void> {
  const label = await lockLabelFor(ctx, id, 'label:write')
  const { workspaceId } = label
  ctx.tx.em.remove(label)
  ctx.tx.later(TAKE_OFF, [workspaceId, id])
  await recordOnAll(ctx, workspaceId, { type: 'label.deleted', subject: id, data: { id } })
}

function unchanged(ctx: WriteCtx, workspaceId: string, label: Label): Label {
  ctx.unchanged.add(workspaceStream(workspaceId))
  return toLabelDto(label)
}

/** Names are compared without case: two labels that read alike are one. */
async function demandFreeName(ctx: WriteCtx, workspaceId: string, name: string, but?: string): Promise<void> {
  const [taken] = await ctx.tx.sql<{ id: string }>(
    'select id from label where workspace_id = $1 and lower(name) = lower($2)',
    [workspaceId, name],
  )
  if (!taken || taken.id === but) return
  throw new Conflict('labels.name_taken', 'There is a label of this name already.', {
    errors: [{ path: 'name', message: 'is the name of another label' }],
    members: { labelId: taken.id },
  })
}
