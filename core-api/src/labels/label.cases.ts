import type { Label } from '@taskflow/shared/dto/board.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { addTask, send } from '../testing/boards.ts'
import type { FactCases, Stage } from '../testing/fact-cases.ts'

const addLabel = ({ owner, workspaceId }: Stage) =>
  send<Label>(owner, 'POST', `/api/workspaces/${workspaceId}/labels`, { name: newId(), color: 'lime' })

export const labelCases: FactCases = {
  'label.created': [async (stage) => ({ act: () => addLabel(stage) })],
  'label.updated': [
    async (stage) => {
      const { id } = await addLabel(stage)
      return { act: () => send(stage.owner, 'PATCH', `/api/labels/${id}`, { name: newId(), color: 'pink' }) }
    },
  ],
  'label.deleted': [
    async (stage) => {
      const [kept, gone] = [await addLabel(stage), await addLabel(stage)]
      await addTask(stage.owner, stage.boardId, { title: 'Bare' })
      await addTask(stage.owner, stage.boardId, { title: 'Labelled', labelIds: [gone.id, kept.id] })
      return { act: () => send(stage.owner, 'DELETE', `/api/labels/${gone.id}`) }
    },
  ],
}
