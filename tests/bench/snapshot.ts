import type { Person } from '../../core-api/src/testing/person.ts'
import { percentiles } from './load.ts'
import type { Options } from './main.ts'
import { startStack } from './stack.ts'
import { call, fillBoard, foundWorkspace, signUp } from './team.ts'

const TASKS = [100, 1_000, 5_000]
const ROUNDS = 40

/** The time and size of a board's snapshot, not compressed: after a change, again without one, and asked with the ETag. */
export async function benchSnapshot(_options: Options) {
  const stack = await startStack()
  try {
    const ada = await signUp(stack.url, 'Ada')
    const workspace = await foundWorkspace(ada)
    const results = []
    for (const tasks of TASKS) {
      const board = await fillBoard(stack.url, ada, workspace.id, Math.ceil(tasks / 3))
      const path = `/api/boards/${board.id}`
      const touch = () =>
        call(ada, `/api/tasks/${board.taskIds[0]![0]}`, 'PATCH', { title: `Touched ${Math.random()}` })
      const changed = await timed(ada, path, touch)
      const again = await timed(ada, path)
      const etag = (await ada.fetch(path)).headers.get('etag')!
      const unchanged = await timed(ada, path, undefined, { 'if-none-match': etag })
      results.push({
        tasks,
        bytes: changed.bytes,
        afterChange: changed.times,
        again: again.times,
        notModified: unchanged.times,
      })
    }
    return results
  } finally {
    await stack.close()
  }
}

async function timed(
  person: Person,
  path: string,
  before?: () => Promise<unknown>,
  headers: Record<string, string> = {},
) {
  const times: number[] = []
  let bytes = 0
  for (let round = 0; round < ROUNDS; round++) {
    await before?.()
    const started = performance.now()
    const answer = await person.fetch(path, { headers: { 'accept-encoding': 'identity', ...headers } })
    bytes = (await answer.arrayBuffer()).byteLength
    times.push(performance.now() - started)
  }
  return { times: percentiles(times), bytes }
}
