import type { Action } from '#lib/keys/keys.svelte.ts'
import type { Messages } from '#lib/messages/en.ts'
import { announce } from '#lib/ui/announce.ts'
import type { Toasts } from '#lib/ui/toasts.svelte.ts'
import type { LiveBoard } from './board.svelte.ts'
import { cardDeeds } from './card-deeds.ts'
import type { CardChoice } from './card-menu.ts'
import { carry, liftCard } from './lifting.ts'
import { targetsOf, toggle } from './selecting.ts'
import { withView } from './views.ts'
import { type Direction, focusCard, walk } from './walking.ts'

const ARROWS: [Direction, [string, ...string[]]][] = [
  ['up', ['ArrowUp', 'k']],
  ['down', ['ArrowDown', 'j']],
  ['left', ['ArrowLeft']],
  ['right', ['ArrowRight']],
]

/** Everything that keys and the palette can do on a board. */
export function boardActions(board: LiveBoard, m: Messages, said: Toasts): Action[] {
  const { keys: words, say, menu } = m.board
  const deeds = cardDeeds(board, m, said)
  const section = words.board
  const onCard = words.card
  const focused = () => (board.focusedId && board.card(board.focusedId) ? board.focusedId : null)
  // Keys are for the card that one is at, never for one that had the focus before a button elsewhere got it.
  const hasNone = (at?: Element) => !focused() || (!isNowhere(at) && cardAt(at) !== focused())
  const cannot = (at?: Element) => hasNone(at) || !board.can('task:write')
  const isOnTitle = (at?: Element) => at === undefined || at.id === `card-${focused()}`
  const isCarried = () => board.lift?.by === 'keyboard'
  const withCard = (run: (id: string) => void) => () => {
    const id = focused()
    if (id) run(id)
  }
  const withAll = (run: (ids: string[]) => void) => withCard((id) => run(targetsOf(board, id)))
  const cannotStep = (step: -1 | 1) => (at?: Element) => cannot(at) || !deeds.canStep(focused()!, step)
  const choose = (choice: CardChoice) => withCard((id) => board.openMenu(id, choice))

  const carryOrWalk = (direction: Direction) => () => {
    if (!isCarried()) return walk(board, direction)
    if (carry(board, direction)) announce(say.at(...placeOf(board)))
  }
  const liftOrDrop = withCard((id) => {
    if (isCarried()) return putDown(id)
    if (liftCard(board, id, 'keyboard')) announce(say.lifted(board.card(id)!.title))
  })
  const putDown = (id: string) => {
    announce(say.dropped(...placeOf(board)))
    board.drop()
    void focusCard(board, id)
  }
  const giveUp = () => {
    const { lift } = board
    if (lift) {
      board.lift = null
      announce(say.cancelled)
      void focusCard(board, lift.id)
    } else board.selection.clear()
  }
  const addHere = () => {
    const id = focused()
    const open = board.columns.find((column) => !board.folded.has(column.id)) ?? board.columns[0]
    const columnId = (id && board.card(id)?.columnId) || open?.id
    if (!columnId) return
    if (board.folded.has(columnId)) board.folded.toggle(columnId)
    board.adding.at = columnId
    // Cards are added in columns, which the list and the calendar do not show.
    if (!board.root) board.ways.go(`/boards/${board.id}${withView(board.search, 'board')}`)
  }

  return [
    { id: 'card.add', name: words.add, section, keys: ['c'], run: addHere, isOff: () => !board.can('task:write') },
    {
      id: 'board.filter',
      name: words.filter,
      section,
      keys: ['/'],
      run: () => document.getElementById('filter')?.focus(),
    },
    { id: 'board.removed', name: m.board.settings.removed, section, run: () => (board.dialog = { kind: 'removed' }) },
    {
      id: 'card.open',
      name: menu.open,
      section: onCard,
      keys: ['e'],
      run: withCard((id) => board.openTask(id)),
      isOff: hasNone,
    },
    { id: 'card.move', name: menu.move, section: onCard, keys: ['m'], run: choose('move'), isOff: cannot },
    {
      id: 'card.up',
      name: menu.up,
      section: onCard,
      run: withCard((id) => deeds.step(id, -1)),
      isOff: cannotStep(-1),
    },
    {
      id: 'card.down',
      name: menu.down,
      section: onCard,
      run: withCard((id) => deeds.step(id, 1)),
      isOff: cannotStep(1),
    },
    {
      id: 'card.top',
      name: menu.toTop,
      section: onCard,
      run: withAll((ids) => deeds.toSide(ids, { after: null })),
      isOff: cannot,
    },
    {
      id: 'card.end',
      name: menu.toEnd,
      section: onCard,
      run: withAll((ids) => deeds.toSide(ids, { before: null })),
      isOff: cannot,
    },
    { id: 'card.assign', name: menu.assign, section: onCard, keys: ['a'], run: choose('assign'), isOff: cannot },
    { id: 'card.label', name: menu.label, section: onCard, keys: ['l'], run: choose('label'), isOff: cannot },
    { id: 'card.due', name: menu.due, section: onCard, keys: ['d'], run: choose('due'), isOff: cannot },
    { id: 'card.priority', name: menu.priority, section: onCard, keys: ['p'], run: choose('priority'), isOff: cannot },
    {
      id: 'card.mine',
      name: words.mine,
      section: onCard,
      keys: ['i'],
      run: withCard((id) =>
        board.acts.assign(targetsOf(board, id), board.me.id, !board.card(id)!.assigneeIds.includes(board.me.id)),
      ),
      isOff: cannot,
    },
    {
      id: 'card.select',
      name: words.select,
      section: onCard,
      keys: ['x'],
      run: withCard((id) => toggle(board, id)),
      isOff: hasNone,
    },
    {
      id: 'card.done',
      name: words.done,
      section: onCard,
      keys: ['f'],
      run: withAll((ids) => deeds.switchDone(ids)),
      isOff: cannot,
    },
    {
      id: 'card.copy',
      name: menu.copy,
      section: onCard,
      run: withCard((id) => deeds.copyLink(id)),
      isOff: hasNone,
    },
    {
      id: 'card.archive',
      name: menu.archive,
      section: onCard,
      run: withAll((ids) => board.acts.archive(ids)),
      isOff: cannot,
    },
    {
      id: 'card.delete',
      name: menu.remove,
      section: onCard,
      keys: ['Delete', 'Backspace'],
      run: withAll((ids) => board.acts.remove(ids)),
      isOff: (at) => cannot(at) || !isOnTitle(at),
    },
    {
      id: 'card.menu',
      name: words.menu,
      section: onCard,
      keys: ['.', 'ContextMenu', 'shift+F10'],
      run: choose('all'),
      isOff: hasNone,
      isOnlyKey: true,
    },
    {
      id: 'card.lift',
      name: words.lift,
      section: words.walking,
      keys: ['Space'],
      run: liftOrDrop,
      // Space and Enter press whatever else has the focus.
      isOff: (at) => !board.root || cannot(at) || !(isOnTitle(at) || (isCarried() && isNowhere(at))),
      isOnlyKey: true,
    },
    {
      id: 'card.drop',
      name: words.drop,
      section: words.walking,
      keys: ['Enter'],
      run: liftOrDrop,
      isOff: (at) => !isCarried() || !(isOnTitle(at) || isNowhere(at)),
      isOnlyKey: true,
    },
    {
      id: 'board.escape',
      name: words.giveUp,
      section: words.walking,
      keys: ['Escape'],
      run: giveUp,
      isOff: () => !isCarried() && board.selection.size === 0,
      isOnlyKey: true,
    },
    ...ARROWS.map(([direction, keys]) => ({
      id: `walk.${direction}`,
      name: words[direction],
      section: words.walking,
      keys,
      run: carryOrWalk(direction),
      isOff: () => board.lists().length < (direction === 'up' || direction === 'down' ? 1 : 2),
      isOnlyKey: true,
    })),
  ]
}

const cardAt = (at?: Element) => at?.closest<HTMLElement>('[data-card]')?.dataset.card
/** No control has the focus, only the page. */
const isNowhere = (at?: Element) => at === undefined || at.matches('body, main')

/** "Doing", 3, 7: the column, and which of how many the card in the hand would be. */
function placeOf(board: LiveBoard): [string, number, number] {
  const { lift } = board
  const cards = lift ? board.shownIn(lift.columnId) : []
  const at = cards.findIndex(({ id }) => id === lift?.id)
  return [board.column(lift?.columnId ?? '')?.name ?? '', at + 1, cards.length]
}
