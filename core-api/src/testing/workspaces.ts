import type { NewInvitation, WorkspaceSnapshot, WorkspaceState } from '@taskflow/shared/dto/workspace.ts'
import { type AnyEnvelope, events } from '@taskflow/shared/events/all.ts'
import { workspaceStream } from '@taskflow/shared/names.ts'
import { applyWorkspaceEvent } from '@taskflow/shared/workspace/apply-workspace-event.ts'
import { assert } from '@taskflow/tools/suite.ts'
import { factsAfter, send } from './boards.ts'
import type { Person } from './person.ts'

export const workspaceOf = (person: Person, id: string) =>
  send<WorkspaceSnapshot>(person, 'GET', `/api/workspaces/${id}`)

export const invite = (person: Person, workspaceId: string, body: Record<string, unknown>) =>
  send<NewInvitation>(person, 'POST', `/api/workspaces/${workspaceId}/invitations`, body)

/** Invites by a link and accepts: the way that people really come in. */
export async function bringIn(owner: Person, workspaceId: string, person: Person, body: Record<string, unknown>) {
  const { token } = await invite(owner, workspaceId, body)
  await send(person, 'POST', `/api/invitations/${token}/accept`)
}

/** The same for a workspace as `expectSnapshotFollows` for a board. */
export async function expectWorkspaceFollows(
  person: Person,
  id: string,
  act: () => Promise<unknown>,
): Promise<AnyEnvelope[]> {
  const { stream, ...before } = await workspaceOf(person, id)
  await act()
  const facts = await factsAfter(person, workspaceStream(id), stream)
  for (const fact of facts) events[fact.type].parse(fact.data)
  const followed = facts.reduce<WorkspaceState>(applyWorkspaceEvent, before)
  const { stream: now, ...after } = await workspaceOf(person, id)
  assert.equal(now.seq, stream.seq + facts.length)
  assert.deepEqual(inOrder(followed), inOrder(after))
  return facts
}

const inOrder = ({ workspace, roles, ...lists }: WorkspaceState) => ({
  workspace,
  roles: roles.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  ...Object.fromEntries(Object.entries(lists).map(([name, rows]) => [name, rows.toSorted(byId)])),
})

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
