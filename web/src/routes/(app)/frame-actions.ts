import type { Page } from '@taskflow/shared/dto/page.ts'
import { goto } from '$app/navigation'
import { createApi } from '#lib/api.ts'
import type { Action, Things } from '#lib/keys/keys.svelte.ts'
import type { Messages } from '#lib/messages/en.ts'
import type { Locale } from '#lib/messages/locale.ts'
import { loadWords } from '#lib/messages/parts.ts'
import { bestOf } from '#lib/palette/matching.ts'
import type { Me } from '#lib/session.ts'
import { settingsPlaces } from './settings-places.ts'

const MOST = 8
const LEAST_CHARACTERS = 2

interface Frame {
  workspace(): Me['workspaces'][number]
  locale(): Locale
  people(): { id: string; name: string }[]
  boards(): { id: string; name: string; key: string }[]
  openPalette(): void
  openSheet(): void
  undo(): void
}

/** What can be done on every page. */
export function frameActions(m: Messages, { openPalette, openSheet, undo }: Frame): Action[] {
  const { keys: words, palette } = m.board
  const section = words.anywhere
  const go = (id: string, name: string, path: string): Action => ({
    id: `go.${id}`,
    name,
    section: palette.go,
    run: () => void goto(path),
  })
  return [
    {
      id: 'palette',
      name: words.palette,
      section,
      keys: ['mod+k'],
      reach: 'typing',
      run: openPalette,
      isOnlyKey: true,
    },
    { id: 'undo', name: words.undo, section, keys: ['mod+z'], reach: 'dialog', run: undo },
    { id: 'sheet', name: words.sheet, section, keys: ['?'], reach: 'dialog', run: openSheet },
    go('home', m.nav.home, '/'),
    go('tasks', m.nav.myTasks, '/my-tasks'),
    go('inbox', m.nav.inbox, '/inbox'),
    go('settings', m.nav.settings, '/settings'),
    go('new board', m.boards.create, '/boards/new'),
  ]
}

interface FoundTask {
  id: string
  boardId: string
  key: string
  title: string
}

/** What lies on the open board is found there already. */
const isElsewhere = ({ boardId }: FoundTask) => !location.pathname.startsWith(`/boards/${boardId}`)

/** Where one can go from every page. */
export function frameThings(m: Messages, { workspace, locale, people, boards }: Frame): Things[] {
  const { palette } = m.board
  return [
    {
      section: palette.boards,
      find: (text) =>
        bestOf(
          boards().map(({ id, name, key }) => ({ id, name, hint: key, run: () => void goto(`/boards/${id}`) })),
          text,
          MOST,
        ),
    },
    {
      section: palette.everywhere,
      async find(text) {
        if (text.length < LEAST_CHARACTERS) return []
        const query = `q=${encodeURIComponent(text)}&limit=${MOST}`
        const { items } = await createApi(fetch).get<Pick<Page<FoundTask>, 'items'>>(
          `/api/workspaces/${workspace().id}/search?${query}`,
        )
        return items.filter(isElsewhere).map(({ id, boardId, key, title }) => ({
          id: `found.${id}`,
          name: title,
          hint: key,
          run: () => void goto(`/boards/${boardId}/tasks/${id}`),
        }))
      },
    },
    {
      section: m.nav.settings,
      async find(text) {
        if (!text) return []
        const { mine, ours } = settingsPlaces(await loadWords('settings', locale()), workspace())
        const all = [...mine, ...ours].map(({ href, name }) => ({ id: href, name, run: () => void goto(href) }))
        return bestOf(all, text, MOST)
      },
    },
    {
      section: palette.members,
      find(text) {
        // A board shows what those on it have to do.
        if (!text || location.pathname.startsWith('/boards/')) return []
        const run = () => void goto(`/workspaces/${workspace().id}/members`)
        return bestOf(
          people().map(({ id, name }) => ({ id: `member.${id}`, name, run })),
          text,
          MOST,
        )
      },
    },
  ]
}
