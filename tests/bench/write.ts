import type { Options } from './main.ts'
import { type Call, load } from './load.ts'
import { benchNews } from './news.ts'
import { startStack } from './stack.ts'
import { type BenchBoard, fillBoard, foundWorkspace, signUp } from './team.ts'

const IN_FLIGHT = [1, 16, 64]
const PER_COLUMN = [20, 500]

/** Requests per second and latencies of the three hot writes, by load and by the size of the columns; and with news. */
export async function benchWrite({ seconds }: Options) {
  const stack = await startStack()
  try {
    const ada = await signUp(stack.url, 'Ada')
    const workspace = await foundWorkspace(ada)
    const results = []
    for (const perColumn of PER_COLUMN) {
      const board = await fillBoard(stack.url, ada, workspace.id, perColumn)
      for (const [act, next] of Object.entries(acts(board))) {
        await load(stack.url, { token: ada.token, inFlight: 16, seconds: 1, next })
        for (const inFlight of IN_FLIGHT) {
          const figures = await load(stack.url, { token: ada.token, inFlight, seconds, next })
          results.push({ act, perColumn, inFlight, ...figures })
        }
      }
    }
    return { writes: results, news: await benchNews(stack, ada, workspace.id, seconds) }
  } finally {
    await stack.close()
  }
}

function acts(board: BenchBoard): Record<string, () => Call> {
  const tasks = board.taskIds.flat()
  let n = 0
  return {
    patch: () => ({ method: 'PATCH', path: `/api/tasks/${pick(tasks)}`, body: { title: `Changed ${n++}` } }),
    move: () => ({
      method: 'PUT',
      path: `/api/tasks/${pick(tasks)}/position`,
      body: { columnId: pick(board.columnIds), before: n++ % 2 ? null : undefined, after: n % 2 ? null : undefined },
    }),
    create: () => ({
      method: 'POST',
      path: `/api/boards/${board.id}/tasks`,
      body: { title: `New ${n++}`, columnId: pick(board.columnIds) },
    }),
  }
}

const pick = <T>(list: T[]): T => list[Math.floor(Math.random() * list.length)]!
