import type { InboxPage } from '@taskflow/shared/dto/notification.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import type { Page } from 'playwright-core'
import type { Person } from '../../core-api/src/testing/person.ts'
import { expectNoFindingsInBothThemes } from './harness/axe.ts'
import { eventually } from './harness/boards.ts'
import { NO_BROWSER } from './harness/chromium.ts'
import { call, foundTeam, makeBoard } from './harness/people.ts'
import { openStage, type Stage } from './harness/stage.ts'

const test = suite('the inbox in browsers', NO_BROWSER)
let stage: Stage
test.before(async () => (stage = await openStage()))
test.after.each(() => stage.closeBrowsers())
test.after(() => stage.close())

const TITLES = ['Fix the login', 'Write about prices', 'Plan the party']
const WIDE = { viewport: { width: 1440, height: 900 } }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

async function teamOfTwo() {
  const team = await foundTeam(stage.url, ['Ada', 'Bob'])
  const [ada, bob] = team.people as [Person, Person]
  const board = await makeBoard(ada, team.workspaceId, TITLES)
  const assign = (title: string) => call(bob, `/api/tasks/${board.tasks[title]}/assignees/${ada.userId}`, 'PUT')
  const say = (title: string, body: string) => call(bob, `/api/tasks/${board.tasks[title]}/comments`, 'POST', { body })
  return { ada, bob, board, assign, say, workspaceId: team.workspaceId }
}

const rows = (page: Page) => page.locator('main [data-row]')
const titlesOf = (page: Page) => rows(page).locator('> span:first-child > span:last-child').allTextContents()
const badge = (page: Page) => page.getByRole('navigation').getByText(/^\d+ unread$/)
const inboxOf = (person: Person, filter = 'inbox') => call<InboxPage>(person, `/api/notifications?filter=${filter}`)

test('being assigned is said on every tab, in badge, title and a word with a way to it', async () => {
  const { ada, board, assign } = await teamOfTwo()
  const [home, inbox] = [await stage.openJoined(ada, '/'), await stage.openJoined(ada, '/inbox')]
  await assign(TITLES[0]!)
  // Pointed at, it stays.
  await home.getByText('Bob assigned SPRIN-1 Fix the login to you').hover()
  await Promise.all([badge(home).waitFor({ state: 'attached' }), rows(inbox).first().waitFor()])
  await eventually(async () => assert.match(await home.title(), /^\(1\) /))
  await eventually(async () => assert.match(await inbox.title(), /^\(1\) Inbox/))
  await home.getByRole('button', { name: 'Open', exact: true }).click()
  await home.waitForURL(`**/boards/${board.id}/tasks/${board.tasks[TITLES[0]!]}`)
})

test('a task has one row that grows and comes to the top', async () => {
  const { ada, assign, say } = await teamOfTwo()
  for (const title of TITLES) await assign(title)
  const page = await stage.openJoined(ada, '/inbox')
  assert.deepEqual(await titlesOf(page), TITLES.toReversed())
  await say(TITLES[0]!, 'Does this also happen in Firefox?')
  await eventually(async () => assert.equal((await titlesOf(page))[0], TITLES[0]))
  assert.match(await rows(page).first().innerText(), /Bob commented: Does this also happen in Firefox\?/)
  await page.getByText('2 new').waitFor()
})

test('on a wide screen the task opens beside the list, is read and can be answered there', async () => {
  const { ada, bob, board, assign } = await teamOfTwo()
  await assign(TITLES[0]!)
  await assign(TITLES[1]!)
  const [page, other] = [await stage.openJoined(ada, '/inbox', WIDE), await stage.openJoined(ada, '/', WIDE)]
  await rows(page).filter({ hasText: TITLES[0]! }).click()
  const beside = page.getByRole('complementary', { name: TITLES[0]! })
  await beside.getByRole('textbox', { name: 'Title' }).waitFor()
  await eventually(async () => assert.match(await other.title(), /^\(1\) /))
  await beside.locator('#task-composer :is(textarea, button)').first().click()
  await beside.locator('#task-composer textarea').fill('On it.')
  await page.keyboard.press('Control+Enter')
  const path = `/api/tasks/${board.tasks[TITLES[0]!]}/comments`
  await eventually(async () => {
    const { items } = await call<{ items: { body: string }[] }>(bob, path)
    assert.deepEqual(
      items.map(({ body }) => body),
      ['On it.'],
    )
  })
  assert.equal(new URL(page.url()).pathname, '/inbox')
  // Whoever has begun a text is asked before another task takes its place.
  await beside.locator('#task-composer button').first().click()
  await beside.locator('#task-composer textarea').fill('And then')
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await rows(page).filter({ hasText: TITLES[1]! }).click()
  await page.getByRole('button', { name: 'Leave, keep the draft' }).click()
  const second = page.getByRole('complementary', { name: TITLES[1]! })
  await second.getByRole('textbox', { name: 'Title' }).waitFor()
  assert.ok(asked.includes(`/api/tasks/${board.tasks[TITLES[1]!]}`))
  assert.ok(!asked.includes(`/api/boards/${board.id}`), 'the board was read again')
  // Archived there, it is taken back after its board has gone with it.
  const archived = async () => (await call<Task>(ada, `/api/tasks/${board.tasks[TITLES[1]!]}`)).archivedAt !== null
  await second.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await page.getByRole('button', { name: 'Undo' }).hover()
  await second.waitFor({ state: 'detached' })
  await eventually(async () => assert.ok(await archived()))
  await page.getByRole('button', { name: 'Undo' }).click()
  await eventually(async () => assert.ok(!(await archived())))
  await rows(page).filter({ hasText: TITLES[0]! }).click()
  await beside.getByRole('button', { name: 'Add a description…' }).waitFor()
  // Keys are for where one is: in the task, or on the row beside it.
  await beside.getByRole('button', { name: /^Priority: / }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('e')
  await beside.getByRole('textbox', { name: 'Description' }).waitFor()
  await rows(page).filter({ hasText: TITLES[0]! }).focus()
  await page.keyboard.press('e')
  await eventually(async () => assert.deepEqual(await titlesOf(page), [TITLES[1]]))
})

test('the inbox by keyboard: walk, archive, take back, unread, snooze', async () => {
  const { ada, assign } = await teamOfTwo()
  for (const title of TITLES) await assign(title)
  const page = await stage.openJoined(ada, '/inbox', { viewport: { width: 1000, height: 800 } })
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  assert.equal(await page.evaluate(() => document.activeElement?.textContent?.includes('Write about prices')), true)
  await page.keyboard.press('e')
  await page.getByRole('button', { name: 'Undo' }).hover()
  await eventually(async () => assert.deepEqual(await titlesOf(page), [TITLES[2], TITLES[0]]))
  assert.equal(await page.evaluate(() => document.activeElement?.textContent?.includes('Fix the login')), true)
  await eventually(async () => assert.equal((await inboxOf(ada, 'archived')).items.length, 1))
  await page.getByRole('button', { name: 'Undo' }).click()
  await eventually(async () => assert.equal((await titlesOf(page)).length, 3))
  await rows(page).first().focus()
  await page.keyboard.press('u')
  await eventually(async () => assert.equal((await inboxOf(ada)).unread, 2))
  await page.keyboard.press('s')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Tomorrow/ })
    .click()
  await eventually(async () => assert.equal((await titlesOf(page)).length, 2))
  await page.getByRole('link', { name: 'Snoozed' }).click()
  await eventually(async () => assert.deepEqual(await titlesOf(page), [TITLES[2]]))
})

test('what is read among the unread stays until one looks again, and marking all empties every badge', async () => {
  const { ada, assign } = await teamOfTwo()
  for (const title of TITLES) await assign(title)
  const page = await stage.openJoined(ada, '/inbox?filter=unread', WIDE)
  await rows(page).first().click()
  await eventually(async () => assert.equal((await inboxOf(ada)).unread, 2))
  assert.equal((await titlesOf(page)).length, 3)
  await page.getByRole('button', { name: 'Mark all as read' }).click()
  await eventually(async () => assert.equal((await inboxOf(ada)).unread, 0))
  await eventually(async () => assert.doesNotMatch(await page.title(), /^\(/))
  await page.getByRole('link', { name: 'Mentions' }).click()
  await page.getByText('No mentions').waitFor()
  await page.getByRole('link', { name: 'Unread' }).click()
  await page.getByText('Nothing unread').waitFor()
})

test('what is archived offline is gone at once, and on the server when the network is back', async () => {
  const { ada, assign } = await teamOfTwo()
  for (const title of TITLES) await assign(title)
  const page = await stage.openJoined(ada, '/inbox', { viewport: { width: 1000, height: 800 } })
  await page.context().setOffline(true)
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  await eventually(async () => assert.equal((await titlesOf(page)).length, 2))
  await page.getByText('You are offline. What you read').waitFor()
  assert.equal((await inboxOf(ada, 'archived')).items.length, 0)
  await page.context().setOffline(false)
  await eventually(async () => assert.equal((await inboxOf(ada, 'archived')).items.length, 1))
  assert.equal((await titlesOf(page)).length, 2)
  stage.takeComplaints()
})

test('on a phone a row leads to the task, and its menu does what the keys do', async () => {
  const { ada, board, assign } = await teamOfTwo()
  await assign(TITLES[0]!)
  await assign(TITLES[1]!)
  const page = await stage.openJoined(ada, '/inbox', PHONE)
  await page.getByRole('listitem').filter({ hasText: TITLES[1]! }).getByRole('button', { name: 'More actions' }).tap()
  await page.getByRole('menuitem', { name: 'Archive' }).tap()
  await eventually(async () => assert.deepEqual(await titlesOf(page), [TITLES[0]]))
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true)
  await rows(page).first().tap()
  await page.waitForURL(`**/tasks/${board.tasks[TITLES[0]!]}`)
})

test('my tasks stand by their dates, are checked off in place and taken back', async () => {
  const { ada, board, assign } = await teamOfTwo()
  const day = (from: number) => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10)
  for (const [i, due] of [day(-3), day(3), null].entries()) {
    await assign(TITLES[i]!)
    await call(ada, `/api/tasks/${board.tasks[TITLES[i]!]}`, 'PATCH', { due })
  }
  const page = await stage.openJoined(ada, '/my-tasks')
  const headings = await page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts()
  assert.deepEqual(
    headings.map((text) => text.split('\n')[0]),
    ['Overdue', 'Next seven days', 'No date'],
  )
  const task = () => call<Task>(ada, `/api/tasks/${board.tasks[TITLES[0]!]}`)
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.getByRole('button', { name: 'Undo' }).hover()
  await page.getByRole('checkbox', { name: `Mark “${TITLES[0]}” as not done` }).waitFor()
  await eventually(async () => assert.ok((await task()).closedAt))
  await page.getByRole('button', { name: 'Undo' }).click()
  await eventually(async () => assert.equal((await task()).closedAt, null))
})

test('home says what is next and what others did, and leads a new workspace through its first steps', async () => {
  const { ada, bob, board, assign } = await teamOfTwo()
  await assign(TITLES[0]!)
  await call(bob, `/api/tasks/${board.tasks[TITLES[0]!]}`, 'PATCH', { due: new Date().toISOString().slice(0, 10) })
  const page = await stage.openJoined(ada, '/')
  const main = page.getByRole('main')
  await main.getByRole('region', { name: 'Due next' }).getByText(TITLES[0]!).waitFor()
  await main.getByRole('region', { name: 'What happened' }).getByText('changed the date of').waitFor()
  assert.equal(await main.getByText('First steps').count(), 0)
  const [cleo] = (await foundTeam(stage.url, ['Cleo'])).people as [Person]
  const fresh = await stage.openJoined(cleo, '/')
  await fresh.getByRole('heading', { name: 'First steps' }).waitFor()
  await fresh.getByRole('link', { name: 'Invite your team' }).click()
  await fresh.getByRole('heading', { name: 'By email' }).waitFor()
})

test('no finding of axe in inbox, tasks and home, in both themes, with what opens over them', async () => {
  const { ada, assign, say } = await teamOfTwo()
  for (const title of TITLES) await assign(title)
  await say(TITLES[1]!, '@Ada look')
  const page = await stage.openJoined(ada, '/inbox', { ...WIDE, reducedMotion: 'reduce' })
  await expectNoFindingsInBothThemes(page, 'the inbox')
  await page.keyboard.press('j')
  await page.keyboard.press('s')
  await page.getByRole('dialog').waitFor()
  await expectNoFindingsInBothThemes(page, 'snoozing')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'More actions' }).first().click()
  await page.getByRole('menuitem', { name: 'Archive' }).waitFor()
  await expectNoFindingsInBothThemes(page, 'the menu')
  await page.keyboard.press('Escape')
  await rows(page).first().click()
  await page.locator('#task-composer').waitFor()
  await expectNoFindingsInBothThemes(page, 'the task beside it')
  for (const path of ['/my-tasks', '/', '/inbox?filter=archived']) {
    await page.goto(path)
    await page.getByRole('main').getByRole('heading').first().waitFor()
    await expectNoFindingsInBothThemes(page, path)
  }
})

test.run()
