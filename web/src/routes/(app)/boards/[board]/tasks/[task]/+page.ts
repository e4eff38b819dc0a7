import { redirect } from '@sveltejs/kit'
import { browser } from '$app/env'
import { createApi } from '#lib/api.ts'
import { loadWords } from '#lib/messages/parts.ts'
import { type NoTask, type ReadTask, readTask } from '#lib/tasks/reading.ts'
import type { PageLoad } from './$types'

const PATIENCE_MS = 100

/**
 * From the board the dialog opens at once, with what the card knows, and what is missing follows. On the server, and
 * where the server's page comes to life, there is nothing to follow: it is awaited, after the board, so that it is newer.
 */
export const load: PageLoad = async ({ params, fetch, parent, url, untrack }) => {
  const { snapshot, locale } = await parent()
  const words = loadWords('task', locale)
  const read = readTask(createApi(fetch), params.task)
  const isHere = !browser || untrack(() => url.pathname) === location.pathname
  const known = isHere ? await Promise.race(browser ? [read, later()] : [read]) : undefined
  const { task } = typeof known === 'object' ? known.state : {}
  if (!browser && task && task.boardId !== snapshot.board.id) redirect(307, `/boards/${task.boardId}/tasks/${task.id}`)
  return { taskId: params.task, words: await words, detail: known ?? (read as Promise<ReadTask | NoTask>) }
}

const later = () => new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS))
