import type { Person } from '../testing/person.ts'
import { addMember, addTask, send } from '../testing/boards.ts'
import type { FactCases, Stage } from '../testing/fact-cases.ts'

const invite = (stage: Stage, input: object) =>
  send<{ token: string }>(stage.owner, 'POST', `/api/workspaces/${stage.workspaceId}/invitations`, input)
const memberPath = ({ workspaceId }: Stage, { userId }: Person) => `/api/workspaces/${workspaceId}/members/${userId}`

/** Somebody who has been there from before the board. */
const newcomer = async ({ app, workspaceId }: Stage, role: string): Promise<Person> => {
  const person = await app.signUp('Nora')
  await addMember(app, workspaceId, person, role)
  return person
}

const ownBoard = async ({ owner, workspaceId }: Stage): Promise<string> =>
  (await send<{ id: string }>(owner, 'POST', `/api/workspaces/${workspaceId}/boards`, { name: 'Own' })).id

export const memberCases: FactCases = {
  'member.joined': [
    async (stage) => {
      const person = await stage.app.signUp('Jo')
      const { token } = await invite(stage, { role: 'member' })
      return { act: () => send(person, 'POST', `/api/invitations/${token}/accept`) }
    },
    async (stage) => {
      const person = await stage.app.signUp('Gail')
      const { token } = await invite(stage, { role: 'guest', boardId: stage.boardId })
      return { act: () => send(person, 'POST', `/api/invitations/${token}/accept`) }
    },
  ],
  'member.changed': [
    async (stage) => {
      const path = memberPath(stage, await newcomer(stage, 'member'))
      return { boardId: await ownBoard(stage), act: () => send(stage.owner, 'PATCH', path, { role: 'admin' }) }
    },
    async (stage) => {
      const path = `/api/boards/${stage.boardId}/members/${stage.member.userId}`
      return { act: () => send(stage.owner, 'PUT', path, { role: 'viewer' }) }
    },
    async (stage) => {
      const path = `/api/boards/${stage.boardId}/members/${stage.member.userId}`
      await send(stage.owner, 'PUT', path, { role: 'viewer' })
      return { act: () => send(stage.member, 'DELETE', path) }
    },
  ],
  'access.revoked': [
    async (stage) => {
      const person = await newcomer(stage, 'member')
      const boardId = await ownBoard(stage)
      await addTask(stage.owner, boardId, { title: 'Theirs', assigneeIds: [person.userId] })
      return { boardId, act: () => send(person, 'DELETE', memberPath(stage, person)) }
    },
    async (stage) => {
      const person = await newcomer(stage, 'member')
      const boardId = await ownBoard(stage)
      await addTask(stage.owner, boardId, { title: 'Theirs', assigneeIds: [person.userId] })
      return {
        boardId,
        act: () => send(stage.owner, 'PATCH', memberPath(stage, person), { role: 'guest' }),
      }
    },
  ],
}
