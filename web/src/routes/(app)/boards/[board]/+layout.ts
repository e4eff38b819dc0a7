import { error, redirect } from '@sveltejs/kit'
import type { BoardSnapshot } from '@taskflow/shared/dto/board.ts'
import { ApiError, createApi } from '#lib/api.ts'
import { withNext } from '#lib/safe-path.ts'
import type { LayoutLoad } from './$types'

/** On the server the answer travels inside the page, as it came, so that the browser does not ask again. */
export const load: LayoutLoad = async ({ params, fetch, url, untrack }) => {
  try {
    return { snapshot: await createApi(fetch).get<BoardSnapshot>(`/api/boards/${encodeURIComponent(params.board)}`) }
  } catch (problem) {
    if (!(problem instanceof ApiError)) throw problem
    if (problem.status === 401)
      redirect(
        303,
        withNext(
          '/sign-in',
          untrack(() => url.pathname + url.search),
        ),
      )
    error(problem.status === 400 ? 404 : problem.status || 503, problem.code)
  }
}
