import { assert, suite } from '@taskflow/tools/suite.ts'
import type { Person } from '../../core-api/src/testing/person.ts'
import { eventually } from './harness/boards.ts'
import { NO_BROWSER } from './harness/chromium.ts'
import { call, foundTeam, makeBoard } from './harness/people.ts'
import { openStage, type Stage } from './harness/stage.ts'

const test = suite('what is kept on the device', NO_BROWSER)
let stage: Stage
test.before(async () => (stage = await openStage()))
test.after.each(() => stage.closeBrowsers())
test.after(() => stage.close())

/** Signs in by a browser of its own and waits until the build is kept. */
async function openKept(path: string) {
  const { people, workspaceId } = await foundTeam(stage.url, ['Ada'])
  const [ada] = people as [Person]
  const page = await stage.open(ada, path, { serviceWorkers: 'allow' })
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')
  return { ada, page, workspaceId }
}

const keptIn = () =>
  caches.keys().then(async (names) => {
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return requests.flat().map(({ url }) => new URL(url).pathname)
  })

test('files of the build are kept, and nothing that the API answered, nor any page', async () => {
  const { page } = await openKept('/inbox')
  const kept = await page.evaluate(keptIn)
  assert.ok(kept.length > 50)
  const other = kept.filter((path) => !path.startsWith('/_app/immutable/'))
  assert.deepEqual(other.toSorted(), ['/favicon.svg', '/offline.html', '/offline.js'])
})

test('without a network a page says so, and loads by itself when it is back', async () => {
  const { page } = await openKept('/inbox')
  await page.context().setOffline(true)
  await page.goto('/my-tasks')
  await page.getByRole('heading', { name: 'You are offline' }).waitFor()
  await page.context().setOffline(false)
  await page.getByRole('heading', { name: 'My tasks' }).waitFor()
  stage.takeComplaints()
})

test('whoever has signed out is told as well that they are offline', async () => {
  const { page } = await openKept('/inbox')
  await page.getByRole('button', { name: 'Ada' }).last().click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL('**/sign-in?**')
  await eventually(async () => {
    const kept = await page.evaluate(keptIn)
    assert.ok(kept.length < 50, `${kept.length} files are still there`)
    assert.ok(kept.includes('/offline.html') && kept.includes('/offline.js'))
  })
  await page.context().setOffline(true)
  await page.goto('/sign-in')
  await page.getByRole('heading', { name: 'You are offline' }).waitFor()
  stage.takeComplaints()
})

test('a part that cannot be loaded is said to be missing, with a way out', async () => {
  const { people } = await foundTeam(stage.url, ['Ada'])
  const page = await (await stage.openBrowser((people as [Person])[0])).newPage()
  // Whoever asks for the live service has all that the page begins with.
  await Promise.all([page.waitForEvent('websocket'), page.goto('/inbox')])
  await page.route('**/_app/immutable/**', (route) => route.abort())
  await page.locator('body').press('?')
  await page.getByRole('button', { name: 'Load the page again' }).waitFor()
  stage.takeComplaints()
})

test('home shows the boards opened lately on this device first', async () => {
  const { ada, page, workspaceId } = await openKept('/')
  const { id } = await makeBoard(ada, workspaceId)
  await call(ada, `/api/boards/${id}`, 'PATCH', { name: 'Zebra' })
  await page.goto(`/boards/${id}`)
  await page.getByRole('heading', { name: 'Zebra' }).waitFor()
  await page.getByRole('link', { name: 'Home' }).click()
  const lately = page.getByRole('main').getByRole('heading', { name: 'Opened lately' }).locator('..')
  await lately.waitFor()
  assert.deepEqual(await lately.getByRole('heading', { level: 2 }).allInnerTexts(), ['Opened lately', 'Zebra'])
})

test.run()
