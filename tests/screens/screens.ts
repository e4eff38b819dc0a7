import type { Page } from 'playwright-core'
import { untilLive } from '../e2e/harness/boards.ts'
import { LOOKS, type Look } from './camera.ts'
import type { Scene } from './scene.ts'

export interface Screen {
  name: string
  looks: Look[]
  who: 'ada' | 'nora' | null
  path: (scene: Scene) => string
  arrange?: (page: Page, scene: Scene, look: Look) => Promise<unknown>
}

const ALL = Object.keys(LOOKS) as Look[]
const DESK: Look[] = ['light', 'dark']

const of =
  (who: Screen['who']) =>
  (name: string, path: string | Screen['path'], more: Partial<Screen> = {}): Screen => ({
    name,
    looks: ALL,
    who,
    path: typeof path === 'string' ? () => path : path,
    ...more,
  })
const [ada, nora, nobody] = [of('ada'), of('nora'), of(null)]

const board =
  (query = '') =>
  (scene: Scene) =>
    `/boards/${scene.boardId}${query}`
const workspace = (place: string) => (scene: Scene) => `/workspaces/${scene.workspaceId}/${place}`

/** In the order in which they are taken: what changes something for those behind it stands at the end. */
export const SCREENS: Screen[] = [
  nobody('sign-in', '/sign-in', { arrange: leaveField }),
  nobody('sign-up', '/sign-up', { arrange: leaveField }),
  nobody('reset-password', '/reset-password?token=shown', { arrange: leaveField }),
  nobody('invitation', ({ invitation }) => `/invitations/${invitation}`),
  ada('home', '/'),
  ada('my-tasks', '/my-tasks'),
  ada('inbox', '/inbox'),
  ada('board', board(), { arrange: untilPeopleAreThere }),
  ada('list', board('?view=list'), { arrange: untilLive }),
  ada('calendar', board('?view=calendar'), { arrange: untilLive }),
  ada('task', ({ boardId, taskId }) => `/boards/${boardId}/tasks/${taskId('Contact form')}`, { arrange: untilLive }),
  ada('archive', board(), { arrange: openArchive }),
  ada('palette', board(), { looks: DESK, arrange: (page) => press(page, 'Control+k') }),
  ada('keys', board(), { looks: DESK, arrange: (page) => press(page, '?') }),
  ada('profile', '/profile'),
  ada('security', '/profile/security'),
  ada('settings', '/settings'),
  ada('notification-settings', '/settings/notifications'),
  ada('connection', '/connection', { arrange: untilTested }),
  ada('workspace', workspace('settings')),
  ada('members', workspace('members')),
  ada('invitations', workspace('invitations')),
  ada('roles', workspace('roles')),
  ada('labels', workspace('labels')),
  ada('webhooks', workspace('webhooks')),
  ada('webhook', (scene) => workspace(`webhooks/${scene.webhookId}`)(scene)),
  ada('deliveries', workspace('deliveries')),
  nora('home-empty', '/'),
  nora('board-empty', ({ freshBoardId }) => `/boards/${freshBoardId}`, { arrange: untilLive }),
  nora('inbox-empty', '/inbox'),
  ada('inbox-task', '/inbox', { looks: DESK, arrange: readFirst }),
  ada('alert', board(), { arrange: beAssigned }),
]

async function leaveField(page: Page) {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
}

async function untilPeopleAreThere(page: Page) {
  await untilLive(page)
  await page.getByRole('list', { name: 'People on this board' }).getByRole('listitem').nth(1).waitFor()
}

async function press(page: Page, key: string) {
  await untilLive(page)
  await page.keyboard.press(key)
  await page.getByRole('dialog').waitFor()
}

async function openArchive(page: Page) {
  await untilLive(page)
  await page.getByRole('button', { name: 'Board settings' }).click()
  await page.getByRole('button', { name: 'Archive and trash' }).click()
  await page.getByRole('button', { name: 'Restore' }).first().waitFor()
}

async function untilTested(page: Page) {
  await page.getByRole('button', { name: 'Test again' }).waitFor()
}

async function readFirst(page: Page) {
  await page.getByText('Contact form loses').click()
  await page.getByRole('complementary').getByRole('heading', { name: 'Checklist' }).waitFor()
}

async function beAssigned(page: Page, scene: Scene) {
  await untilLive(page)
  await scene.assign('Faster pictures')
  await page.getByRole('status').getByText('Faster pictures').waitFor()
}
