import type { Attachment } from '@taskflow/shared/dto/task.ts'
import { addTask, send } from '../testing/boards.ts'
import type { FactCases, Stage } from '../testing/fact-cases.ts'

async function attach({ member }: Stage, taskId: string): Promise<Attachment> {
  const headers = { 'content-type': 'application/octet-stream', 'x-file-name': 'notes.txt' }
  const answer = await member.fetch(`/api/tasks/${taskId}/attachments`, { method: 'POST', headers, body: 'Notes' })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as Attachment
}

const arrange = async (stage: Stage) => {
  const task = await addTask(stage.owner, stage.boardId, { title: 'Documented' })
  return { task, file: await attach(stage, task.id) }
}

export const attachmentCases: FactCases = {
  'task.updated': [
    async (stage) => {
      const { task } = await arrange(stage)
      return { act: () => attach(stage, task.id) }
    },
    async (stage) => {
      const { file } = await arrange(stage)
      return { act: () => send(stage.owner, 'DELETE', `/api/attachments/${file.id}`) }
    },
    async (stage) => {
      const { task } = await arrange(stage)
      return { act: () => send(stage.member, 'PUT', `/api/tasks/${task.id}/watchers/${stage.member.userId}`) }
    },
  ],
}
