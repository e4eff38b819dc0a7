import type { Row } from './route-table.ts'

export const row = (route: string, expected: Row['expected'], call: Row['call'] = () => ({}), open?: string): Row => ({
  route,
  expected,
  call,
  ...(open && { open }),
})

/** What whoever sees the board may do, also a viewer. */
export const SEEING = [401, 404, 200, 200, 200, 200]
/** What changes the board's content. */
export const WRITING = [401, 404, 403, 200, 200, 200]
export const CREATING = [401, 404, 403, 201, 201, 201]
export const REMOVING = [401, 404, 403, 204, 204, 204]
/** What members share and guests do not see. */
export const TEAM = [401, 404, 404, 200, 200, 200]
