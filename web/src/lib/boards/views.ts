export const BOARD_VIEWS = ['board', 'list', 'calendar'] as const
export type BoardView = (typeof BOARD_VIEWS)[number]

/** The query of an address with another view; what else is in it stays. */
export function withView(search: string, view: BoardView): string {
  const params = new URLSearchParams(search)
  if (view === 'board') params.delete('view')
  else params.set('view', view)
  return params.size ? `?${params}` : ''
}

export function readView(params: Pick<URLSearchParams, 'get'>): BoardView {
  const view = params.get('view') as BoardView | null
  return view && BOARD_VIEWS.includes(view) ? view : 'board'
}
