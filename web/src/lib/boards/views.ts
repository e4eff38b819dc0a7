export const BOARD_VIEWS = ['board', 'list', 'calendar'] as const
export type BoardView = (typeof BOARD_VIEWS)[number]

export function readView(params: Pick<URLSearchParams, 'get'>): BoardView {
  const view = params.get('view') as BoardView | null
  return view && BOARD_VIEWS.includes(view) ? view : 'board'
}
