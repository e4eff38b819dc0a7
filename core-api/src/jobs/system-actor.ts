import type { Actor } from '../http/authenticate.ts'

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Who tells people what is theirs: sees no workspace at all. */
export const systemAnywhere: Actor = { kind: 'system', id: NOBODY, name: 'Taskflow' }

/** Who acts in a job: sees exactly this workspace, and is nobody in particular. */
export const systemActor = (workspaceId: string): Actor => ({
  kind: 'system',
  id: NOBODY,
  name: 'Taskflow',
  workspaceId,
})
