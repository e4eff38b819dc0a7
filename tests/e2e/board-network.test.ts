import { assert, suite } from '@taskflow/tools/suite.ts'
import type { Page } from 'playwright-core'
import { PASSWORD } from '../../core-api/src/testing/person.ts'
import { expectNoFindings, expectNoFindingsInBothThemes } from './harness/axe.ts'
import { cardCalled, dragByMouse, eventually, middleOf, untilLive, untilOrder } from './harness/boards.ts'
import { NO_BROWSER } from './harness/chromium.ts'
import { call, foundTeam, makeBoard } from './harness/people.ts'
import { openStage, type Stage } from './harness/stage.ts'

const test = suite('a board that loses its network, its people or its right', NO_BROWSER)
let stage: Stage
test.before(async () => (stage = await openStage()))
test.after.each(() => stage.closeBrowsers())
test.after(() => stage.close())

const TITLES = ['One', 'Two', 'Three', 'Four']
/** What browsers themselves say about requests that fail; nothing of ours. */
const OF_THE_BROWSER = /Failed to load resource|net::ERR_|WebSocket connection to/

async function boardOfTwo() {
  const team = await foundTeam(stage.url, ['Ada', 'Bob'])
  const [ada, bob] = team.people as [(typeof team.people)[0], (typeof team.people)[0]]
  const board = await makeBoard(ada, team.workspaceId, TITLES)
  return { team, ada, bob, board, path: `/boards/${board.id}` }
}

/** As behind a proxy that does not know them: every attempt fails at once. */
function blockWebSockets() {
  window.WebSocket = class extends EventTarget {
    onerror?: (event: Event) => void
    onclose?: (event: Event) => void
    readyState = 3
    constructor() {
      super()
      setTimeout(() => {
        this.onerror?.(new Event('error'))
        this.onclose?.(new CloseEvent('close', { code: 1006 }))
      })
    }
    close() {}
    send() {}
  } as never
}

/** Without a network at all: requests fail, and the open socket is cut. */
async function cutOff(page: Page, isOff: boolean) {
  await page.context().setOffline(isOff)
}

function expectOnlyBrowserNoise() {
  const own = stage.takeComplaints().filter((line) => !OF_THE_BROWSER.test(line))
  assert.deepEqual(own, [])
}

test('edits made offline, while a card is in the hand, meet those of others afterwards', async () => {
  const { ada, bob, board, path } = await boardOfTwo()
  const [a, b] = await Promise.all([stage.open(ada, path), stage.open(bob, path)])
  await Promise.all([untilLive(a), untilLive(b)])
  const [todo, doing, done] = board.columns.map(({ id }) => id)
  const target = await middleOf(a.locator(`[data-column="${doing}"]`))
  await dragByMouse(a, cardCalled(a, 'Two'), target, { isHeld: true })
  await cutOff(a, true)
  await a.mouse.up()
  await a.locator(`#card-${board.tasks['Three']}`).focus()
  await a.keyboard.press('i')
  await a.waitForSelector('[data-live="not live"]')
  await eventually(async () => assert.match((await a.locator('[data-connection-note]').textContent())!, /2 changes/))
  await a.getByRole('link', { name: 'Home' }).click()
  await a.getByText('that page needs the connection').waitFor()

  await call(bob, `/api/tasks/${board.tasks['Four']}/position`, 'PUT', { columnId: done, before: null })
  await call(bob, `/api/tasks/${board.tasks['Two']}`, 'PATCH', { title: 'Two, renamed' })
  await cutOff(a, false)
  await untilLive(a)
  await untilOrder(ada, board.id, [a, b], { 'To do': ['One', 'Three'], Doing: ['Two, renamed'], Done: ['Four'] })
  const { tasks } = await call<{ tasks: { id: string; assigneeIds: string[] }[] }>(ada, `/api/boards/${board.id}`)
  assert.deepEqual(tasks.find(({ id }) => id === board.tasks['Three'])!.assigneeIds, [ada.userId])
  assert.ok(todo)
  expectOnlyBrowserNoise()
})

test('what waits to be sent survives a reload', async () => {
  const { ada, board, path } = await boardOfTwo()
  const page = await stage.open(ada, path)
  await untilLive(page)
  // Reads work, writes do not: a server that is down for them.
  await page.route('**/api/tasks/**', (route) =>
    route.request().method() === 'GET' ? route.continue() : route.abort(),
  )
  await page.locator(`#card-${board.tasks['One']}`).focus()
  for (const key of ['Space', 'ArrowRight', 'Space']) await page.keyboard.press(key)
  await page.waitForSelector('[data-connection-note]')
  await page.reload()
  await untilLive(page)
  await eventually(async () =>
    assert.equal(await cardCalled(page, 'One').locator('xpath=ancestor::section//h2').textContent(), 'Doing'),
  )
  await page.unroute('**/api/tasks/**')
  await untilOrder(ada, board.id, [page], { 'To do': ['Two', 'Three', 'Four'], Doing: ['One'], Done: [] })
  expectOnlyBrowserNoise()
})

test('a write that is refused goes back, says why, and what was typed is kept', async () => {
  const { ada, board, path } = await boardOfTwo()
  await call(ada, `/api/columns/${board.columns[1]!.id}`, 'PATCH', { wipLimit: 1, wipMode: 'hard' })
  await call(ada, `/api/tasks/${board.tasks['Four']}/position`, 'PUT', { columnId: board.columns[1]!.id })
  const page = await stage.open(ada, path)
  await untilLive(page)
  await dragByMouse(
    page,
    cardCalled(page, 'One'),
    await middleOf(page.locator(`[data-column="${board.columns[1]!.id}"]`)),
  )
  await page.getByText('This column is full.').waitFor()
  await untilOrder(ada, board.id, [page], { 'To do': ['One', 'Two', 'Three'], Doing: ['Four'], Done: [] })
  await page.getByRole('button', { name: 'Add a task to Doing' }).click()
  const field = page.getByRole('textbox', { name: 'Add a task to Doing' })
  await field.fill('Typed with care')
  await field.press('Enter')
  await eventually(async () => assert.equal(await field.inputValue(), 'Typed with care'))
  await page.reload()
  await eventually(async () => assert.equal(await field.inputValue(), 'Typed with care'))
  await field.press('Escape')
  await page.getByRole('button', { name: 'Draft: Typed with care' }).click()
  assert.equal(await field.inputValue(), 'Typed with care')
  expectOnlyBrowserNoise()
})

test('where WebSockets are blocked the board follows over HTTP, and says that it is not live', async () => {
  const { ada, bob, board, path } = await boardOfTwo()
  const context = await stage.openBrowser(ada)
  await context.addInitScript(blockWebSockets)
  const page = await context.newPage()
  await page.goto(path)
  await page.locator('[data-live="not live"][title*="over HTTP"]').first().waitFor()
  await call(bob, `/api/tasks/${board.tasks['One']}/position`, 'PUT', { columnId: board.columns[2]!.id })
  await eventually(async () =>
    assert.equal(await cardCalled(page, 'One').locator('xpath=ancestor::section//h2').textContent(), 'Done'),
  )
  await page.locator(`#card-${board.tasks['Two']}`).focus()
  for (const key of ['Space', 'ArrowRight', 'Space']) await page.keyboard.press(key)
  await untilOrder(ada, board.id, [page], { 'To do': ['Three', 'Four'], Doing: ['Two'], Done: ['One'] })
  expectOnlyBrowserNoise()
})

test('who is taken off a board while looking at it sees no more of it', async () => {
  const { ada, bob, board, path } = await boardOfTwo()
  await call(ada, `/api/boards/${board.id}/members/${bob.userId}`, 'PUT', { role: 'editor' })
  await call(ada, `/api/boards/${board.id}`, 'PATCH', { visibility: 'private' })
  const page = await stage.open(bob, path)
  await untilLive(page)
  await call(ada, `/api/boards/${board.id}/members/${bob.userId}`, 'DELETE')
  await page.getByText('no longer open to you').waitFor()
  assert.equal(await page.locator('[data-card]').count(), 0)
  await eventually(async () => assert.equal(await page.locator(`nav a[href="${path}"]`).count(), 0))
  expectOnlyBrowserNoise()
})

test('a link into a board comes back after signing in', async () => {
  const { ada, path } = await boardOfTwo()
  const page = await stage.open(null, path)
  await page.waitForURL(/\/sign-in\?next=/)
  await page.locator('input[name=email]').fill(ada.email)
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(`**${path}`)
  await untilLive(page)
})

test('axe finds nothing, in either theme, with menus and dialogs open', async () => {
  const { ada, path, board } = await boardOfTwo()
  await call(ada, `/api/tasks/${board.tasks['One']}`, 'PATCH', { priority: 'high', due: '2020-01-01' })
  const page = await stage.open(ada, path, { reducedMotion: 'reduce' })
  await untilLive(page)
  await expectNoFindingsInBothThemes(page, 'board')
  await page.locator(`#card-${board.tasks['One']}`).focus()
  await page.keyboard.press('.')
  await page.getByRole('menuitem', { name: 'Archive' }).waitFor()
  await expectNoFindingsInBothThemes(page, 'menu of a card')
  await page.keyboard.press('Escape')
  await page.keyboard.press('l')
  await page.getByRole('combobox').waitFor()
  await expectNoFindingsInBothThemes(page, 'labels')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('option').first().waitFor()
  await expectNoFindingsInBothThemes(page, 'palette')
  await page.getByRole('combobox').fill('nothing is called that')
  await page.getByText('Nothing is called “nothing is called that”').waitFor()
  await expectNoFindings(page, 'palette with nothing found', 'dialog[open]')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Board settings' }).click()
  await page.getByRole('dialog').getByText('Who sees it').waitFor()
  await expectNoFindingsInBothThemes(page, 'settings')
  for (const view of ['list', 'calendar']) {
    await page.goto(`${path}?view=${view}`)
    await untilLive(page)
    await page.locator(view === 'list' ? '[role=table]' : '[role=grid]').waitFor()
    await expectNoFindingsInBothThemes(page, view)
    if (view === 'calendar') continue
    await page.getByRole('checkbox', { name: 'Select all' }).check()
    const priority = page.getByRole('toolbar', { name: 'Selected tasks' }).getByRole('button', { name: 'Priority' })
    await priority.press('Enter')
    await page.getByRole('combobox', { name: 'Priority' }).waitFor()
    assert.equal(await priority.getAttribute('aria-expanded'), 'true')
    await page.keyboard.press('Escape')
    await eventually(async () => assert.equal(await priority.getAttribute('aria-expanded'), 'false'))
  }
})

test.run()
