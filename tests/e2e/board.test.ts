import { assert, suite } from '@taskflow/tools/suite.ts'
import {
  cardCalled,
  dragByMouse,
  dragByTouch,
  eventually,
  middleOf,
  swipe,
  untilLive,
  untilOrder,
} from './harness/boards.ts'
import { NO_BROWSER } from './harness/chromium.ts'
import { call, foundTeam, makeBoard, orderOf, snapshotOf } from './harness/people.ts'
import { openStage, type Stage } from './harness/stage.ts'

const test = suite('moving cards in browsers', NO_BROWSER)
let stage: Stage
test.before(async () => (stage = await openStage()))
test.after.each(() => stage.closeBrowsers())
test.after(() => stage.close())

const TITLES = ['One', 'Two', 'Three', 'Four']
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

async function boardOfTwo(options = {}) {
  const team = await foundTeam(stage.url, ['Ada', 'Bob'])
  const [ada, bob] = team.people as [(typeof team.people)[0], (typeof team.people)[0]]
  const board = await makeBoard(ada, team.workspaceId, TITLES)
  const [a, b] = await Promise.all([
    stage.open(ada, `/boards/${board.id}`, options),
    stage.open(bob, `/boards/${board.id}`),
  ])
  await Promise.all([untilLive(a), untilLive(b)])
  const column = (page: typeof a, index: number) => page.locator(`[data-column="${board.columns[index]!.id}"]`)
  return { team, ada, bob, board, a, b, column }
}

async function boardOfOne() {
  const { workspaceId, people } = await foundTeam(stage.url, ['Ada'])
  const ada = people[0]!
  const board = await makeBoard(ada, workspaceId, TITLES)
  const page = await stage.open(ada, `/boards/${board.id}`)
  await untilLive(page)
  return { ada, board, a: page }
}

test('by mouse: the order is the same on both screens, also within a column', async () => {
  const { ada, board, a, b, column } = await boardOfTwo()
  await dragByMouse(a, cardCalled(a, 'Two'), await middleOf(column(a, 1)))
  await untilOrder(ada, board.id, [a, b], { 'To do': ['One', 'Three', 'Four'], Doing: ['Two'], Done: [] })
  const one = await middleOf(cardCalled(b, 'One'))
  await dragByMouse(b, cardCalled(b, 'Four'), { x: one.x, y: one.y - 25 })
  await untilOrder(ada, board.id, [a, b], { 'To do': ['Four', 'One', 'Three'], Doing: ['Two'], Done: [] })
})

test('by finger: a long press takes the card up, a quick swipe only scrolls', async () => {
  const { ada, board, a, b, column } = await boardOfTwo({ ...PHONE, viewport: { width: 700, height: 844 } })
  await swipe(a, cardCalled(a, 'Two'), await middleOf(column(a, 1)))
  await untilOrder(ada, board.id, [b], { 'To do': TITLES, Doing: [], Done: [] })
  await dragByTouch(a, cardCalled(a, 'Three'), await middleOf(column(a, 1)))
  await a.getByText('SPRIN-3 moved to Doing').waitFor()
  await untilOrder(ada, board.id, [a, b], { 'To do': ['One', 'Two', 'Four'], Doing: ['Three'], Done: [] })
})

test('on a phone a card held at the edge of the screen reaches the next column', async () => {
  const { ada, board, a, b } = await boardOfTwo(PHONE)
  const long = 'Done, and looked at by somebody else'
  await call(ada, `/api/columns/${board.columns[2]!.id}`, 'PATCH', { name: long })
  await a.getByRole('heading', { name: long }).waitFor()
  assert.equal(await a.evaluate(() => document.documentElement.scrollWidth), 390, 'only the strip is wider')
  await dragByTouch(a, cardCalled(a, 'Three'), { x: 388, y: 400 }, 900)
  await eventually(async () => {
    const order = orderOf(await snapshotOf(ada, board.id))
    assert.ok(!order['To do']!.includes('Three'))
    await untilOrder(ada, board.id, [a, b], order)
  })
  await a.getByRole('link', { name: 'List' }).click()
  const table = a.getByRole('table', { name: 'List' })
  await table.getByRole('button', { name: 'To do' }).first().waitFor()
  assert.ok(await table.evaluate((element) => element.scrollWidth <= innerWidth), 'nothing is beyond the edge')
  await b.getByRole('link', { name: 'List' }).click()
  const wide = b.getByRole('table', { name: 'List' })
  await wide.getByRole('button', { name: 'To do' }).first().waitFor()
  assert.ok(
    await wide.evaluate((element) => element.getBoundingClientRect().right > innerWidth - 40),
    'it fills the page',
  )
})

test('by keys: space, arrows, space; each step is announced and the focus stays on the card', async () => {
  const { ada, board, a, b } = await boardOfTwo()
  await a.locator(`#card-${board.tasks['Two']}`).focus()
  await a.keyboard.press('Space')
  await a.keyboard.press('ArrowRight')
  await eventually(async () =>
    assert.match((await a.locator('[data-announcer]').textContent())!, /Doing, place 1 of 1/),
  )
  await untilOrder(ada, board.id, [b], { 'To do': TITLES, Doing: [], Done: [] })
  await a.keyboard.press('Space')
  await untilOrder(ada, board.id, [a, b], { 'To do': ['One', 'Three', 'Four'], Doing: ['Two'], Done: [] })
  await eventually(async () =>
    assert.equal(await a.evaluate(() => document.activeElement?.id), `card-${board.tasks['Two']}`),
  )
  await a.keyboard.press('Control+z')
  await untilOrder(ada, board.id, [a, b], { 'To do': TITLES, Doing: [], Done: [] })
})

test('a key is for what has the focus, and the focus stays with a card or goes to its neighbour', async () => {
  const { ada, board, a, b } = await boardOfTwo()
  const untilFocusOn = (title: string) =>
    eventually(async () =>
      assert.equal(await a.evaluate(() => document.activeElement?.id), `card-${board.tasks[title]}`),
    )
  await a.locator(`#card-${board.tasks['Two']}`).focus()
  await a.getByRole('button', { name: 'Actions for Two' }).focus()
  await a.keyboard.press('Delete')
  await a.keyboard.press('Space')
  await a.getByRole('menuitem', { name: 'Delete' }).waitFor()
  await a.keyboard.press('Escape')
  await a.locator(`#card-${board.tasks['Two']}`).focus()
  await a.keyboard.press('m')
  await a.getByRole('option', { name: 'Done' }).click()
  await untilOrder(ada, board.id, [a, b], { 'To do': ['One', 'Three', 'Four'], Doing: [], Done: ['Two'] })
  await untilFocusOn('Two')
  await a.locator(`#card-${board.tasks['Three']}`).focus()
  await a.keyboard.press('Delete')
  // Pointed at, it stays.
  await a.getByText(/^SPRIN-3 deleted/).hover()
  await untilOrder(ada, board.id, [a, b], { 'To do': ['One', 'Four'], Doing: [], Done: ['Two'] })
  await untilFocusOn('Four')
  await a.getByRole('button', { name: 'Undo' }).last().press('Space')
  await untilOrder(ada, board.id, [a, b], { 'To do': ['One', 'Three', 'Four'], Doing: [], Done: ['Two'] })
  await a.getByRole('button', { name: 'Fold Doing away' }).click()
  await a.getByRole('button', { name: 'Doing 0 tasks Unfold' }).waitFor()
  await a.locator(`#card-${board.tasks['One']}`).focus()
  for (const key of ['Space', 'ArrowRight', 'Space']) await a.keyboard.press(key)
  await untilOrder(ada, board.id, [b], { 'To do': ['Three', 'Four'], Doing: [], Done: ['One', 'Two'] })
  await untilFocusOn('One')
})

test('a column is renamed once by Enter, and not at all by Escape; the focus comes back to its menu', async () => {
  const { ada, board, a } = await boardOfOne()
  const names = async () => (await snapshotOf(ada, board.id)).columns.map(({ name }) => name).sort()
  const menu = a.getByRole('button', { name: 'Actions for the column Doing' })
  await menu.click()
  await a.getByRole('menuitem', { name: 'Limit' }).click()
  await a.getByRole('button', { name: 'Cancel' }).click()
  await eventually(async () => assert.ok(await menu.evaluate((button) => button === document.activeElement)))
  for (const [name, key] of [
    ['Never', 'Escape'],
    ['Now', 'Enter'],
  ]) {
    await menu.click()
    await a.getByRole('menuitem', { name: 'Rename' }).click()
    await a.keyboard.type(name!)
    await a.keyboard.press(key!)
    await eventually(async () =>
      assert.equal(await a.evaluate(() => document.activeElement?.getAttribute('aria-haspopup')), 'menu'),
    )
  }
  await eventually(async () => assert.deepEqual(await names(), ['Done', 'Now', 'To do']))
  await a.keyboard.press('Control+z')
  await eventually(async () => assert.deepEqual(await names(), ['Doing', 'Done', 'To do']))
  await a.getByRole('button', { name: 'Actions for the column To do' }).click()
  await a.getByRole('menuitem', { name: 'Delete column' }).click()
  await a.getByRole('button', { name: 'Delete column' }).click()
  // Pointed at, it stays.
  await a.getByRole('button', { name: 'Undo' }).hover()
  await untilOrder(ada, board.id, [a], { Doing: TITLES, Done: [] })
  await a.getByRole('button', { name: 'Undo' }).click()
  await untilOrder(ada, board.id, [a], { 'To do': TITLES, Doing: [], Done: [] })
  assert.deepEqual(Object.keys(orderOf(await snapshotOf(ada, board.id))), ['To do', 'Doing', 'Done'])
  await menu.click()
  await a.getByRole('menuitem', { name: 'Rename' }).click()
  await call(ada, `/api/columns/${board.columns[1]!.id}`, 'PATCH', { name: 'Elsewhere' })
  await a.getByRole('heading', { name: 'Elsewhere' }).waitFor({ state: 'attached' })
  await a.keyboard.press('Enter')
  await a.getByRole('button', { name: 'Actions for the column Elsewhere' }).waitFor()
  assert.deepEqual(await names(), ['Done', 'Elsewhere', 'To do'])
})

test('list and calendar are walked by keys, and a box is ticked there', async () => {
  const { ada, a, board } = await boardOfOne()
  const focused = () => a.evaluate(() => document.activeElement?.id)
  await a.getByRole('link', { name: 'List', exact: true }).click()
  await a.getByRole('table', { name: 'List' }).waitFor()
  for (const [key, title] of [
    ['j', 'One'],
    ['ArrowDown', 'Two'],
    ['k', 'One'],
  ]) {
    await a.keyboard.press(key!)
    await eventually(async () => assert.equal(await focused(), `card-${board.tasks[title!]}`))
  }
  await a.getByRole('checkbox', { name: 'Select Two' }).press('Space')
  assert.ok(await a.getByRole('checkbox', { name: 'Select Two' }).isChecked())
  await a.keyboard.press('Escape')
  const day = new Date().toISOString().slice(0, 8)
  for (const [title, date] of [
    ['One', '10'],
    ['Two', '10'],
    ['Three', '12'],
  ])
    await call(ada, `/api/tasks/${board.tasks[title!]}`, 'PATCH', {
      due: { date: day + date!, time: null, zone: null },
    })
  await a.getByRole('link', { name: 'Calendar', exact: true }).click()
  // Its cards go by the same names.
  await a.getByRole('table', { name: 'List' }).waitFor({ state: 'detached' })
  await a.locator(`#card-${board.tasks['Three']}`).waitFor()
  await a.locator(`#card-${board.tasks['One']}`).focus()
  for (const [key, title] of [
    ['ArrowDown', 'Two'],
    ['ArrowDown', 'Three'],
    ['ArrowLeft', 'One'],
  ]) {
    await a.keyboard.press(key!)
    await eventually(async () => assert.equal(await focused(), `card-${board.tasks[title!]}`))
  }
  await a.getByRole('link', { name: '1 task without a date' }).click()
  await a.getByRole('table', { name: 'List' }).waitFor()
  await eventually(async () => assert.deepEqual(await a.locator('[role=row] a').allInnerTexts(), ['Four']))
  // Where no column is to be seen, the key for a new task leads to them.
  await a.keyboard.press('c')
  await a.getByRole('textbox', { name: 'Add a task to To do' }).waitFor()
})

test('Escape puts a card back where it was', async () => {
  const { ada, board, a, b } = await boardOfTwo()
  await a.locator(`#card-${board.tasks['Two']}`).focus()
  for (const key of ['Space', 'ArrowRight', 'Escape']) await a.keyboard.press(key)
  await untilOrder(ada, board.id, [a, b], { 'To do': TITLES, Doing: [], Done: [] })
})

test('by the menu: “Move to…” does what dragging does', async () => {
  const { ada, board, a, b } = await boardOfTwo()
  await cardCalled(a, 'Three').hover()
  await a.getByRole('button', { name: 'Actions for Three' }).click()
  await a.getByRole('menuitem', { name: 'Move to…' }).click()
  await a.getByRole('option', { name: 'Done' }).click()
  // Pointed at, it stays.
  await a.getByRole('button', { name: 'Undo' }).hover()
  await untilOrder(ada, board.id, [a, b], { 'To do': ['One', 'Two', 'Four'], Doing: [], Done: ['Three'] })
  await a.getByRole('button', { name: 'Undo' }).click()
  await untilOrder(ada, board.id, [a, b], { 'To do': TITLES, Doing: [], Done: [] })
  await cardCalled(a, 'Three').hover()
  await a.getByRole('button', { name: 'Actions for Three' }).click()
  await a.getByRole('menuitem', { name: 'Move up' }).click()
  await untilOrder(ada, board.id, [a, b], { 'To do': ['One', 'Three', 'Two', 'Four'], Doing: [], Done: [] })
})

test('by the palette: what the menu of a card does, it does to the card that has the focus', async () => {
  const { ada, board, a } = await boardOfOne()
  await a.locator(`#card-${board.tasks['Three']}`).focus()
  await a.keyboard.press('Control+k')
  await a.getByRole('combobox', { name: 'Find anything' }).fill('move to the top')
  await a.keyboard.press('Enter')
  await untilOrder(ada, board.id, [a], { 'To do': ['Three', 'One', 'Two', 'Four'], Doing: [], Done: [] })
  await a.locator(`#card-${board.tasks['Three']}`).press('f')
  const path = `/api/tasks/${board.tasks['Three']}`
  await eventually(async () => assert.ok((await call<{ closedAt: string | null }>(ada, path)).closedAt))
})

test('by a right click or the menu key on a card, in each view; the browser keeps its own menu for selected text', async () => {
  const { a, board } = await boardOfTwo()
  const menu = a.getByRole('menu', { name: 'Actions for Three' })
  for (const [view, row] of [
    ['Board', 'li'],
    ['List', '[role=row]'],
  ]) {
    await a.getByRole('link', { name: view!, exact: true }).click()
    const card = a.locator(`${row}[data-card="${board.tasks['Three']}"]`)
    await card.waitFor()
    const { x, y } = await middleOf(card.locator('a'))
    await a.mouse.click(x, y, { button: 'right' })
    await eventually(async () => {
      const box = await menu.boundingBox()
      assert.ok(box && Math.abs(box.x - x) < 2 && box.y - y > 0 && box.y - y < 12, 'it is at the pointer')
    })
    await menu.getByRole('menuitem', { name: 'Archive' }).waitFor()
    await a.keyboard.press('Escape')
    await menu.waitFor({ state: 'detached' })
    assert.equal(await a.evaluate(() => document.activeElement?.id), `card-${board.tasks['Three']}`)
    await a.keyboard.press('ContextMenu')
    await menu.waitFor()
    await a.keyboard.press('Escape')
    await menu.waitFor({ state: 'detached' })
  }
  const title = a.locator(`#card-${board.tasks['Three']}`)
  await title.evaluate((element) => {
    getSelection()!.selectAllChildren(element)
    const see = (event: Event) => (document.body.dataset.prevented = `${event.defaultPrevented}`)
    addEventListener('contextmenu', see, { once: true })
  })
  const { x, y } = await middleOf(title)
  await a.mouse.click(x, y, { button: 'right' })
  await eventually(async () => assert.equal(await a.evaluate(() => document.body.dataset.prevented), 'false'))
  assert.equal(await menu.count(), 0)
})

test('the list keeps its order in the address, over a reload, a filter and an open task', async () => {
  const { a, board } = await boardOfTwo()
  const path = `/boards/${board.id}`
  await a.getByRole('link', { name: 'List', exact: true }).click()
  const header = a.getByRole('columnheader', { name: 'Title' })
  const isDown = () => eventually(async () => assert.equal(await header.getAttribute('aria-sort'), 'descending'))
  const sort = header.getByRole('button')
  await sort.click()
  await sort.click()
  await isDown()
  await a.getByRole('button', { name: 'Only mine' }).click()
  await a.getByRole('button', { name: 'Only mine' }).click()
  await eventually(async () => assert.equal(new URL(a.url()).search, '?view=list&sort=-title'))
  await a.locator(`#card-${board.tasks['One']}`).click()
  await a.waitForURL(`**${path}/tasks/*`)
  await a.keyboard.press('Escape')
  await a.waitForURL((url) => url.pathname === path)
  await isDown()
  await a.reload()
  await isDown()
  assert.deepEqual(await a.locator('[role=row] a').allInnerTexts(), ['Two', 'Three', 'One', 'Four'])
})

test('two people who drag the same card agree in the end', async () => {
  const { ada, bob, board, a, b, column } = await boardOfTwo()
  await Promise.all([
    dragByMouse(a, cardCalled(a, 'One'), await middleOf(column(a, 1)), { isHeld: true }),
    dragByMouse(b, cardCalled(b, 'One'), await middleOf(column(b, 2)), { isHeld: true }),
  ])
  await Promise.all([a.mouse.up(), b.mouse.up()])
  const { columns } = await eventuallySame(async () => {
    const { tasks } = await call<{ tasks: { title: string; columnId: string }[] }>(bob, `/api/boards/${board.id}`)
    return { columns: tasks.find(({ title }) => title === 'One')!.columnId }
  })
  const isDoing = columns === board.columns[1]!.id
  const expected = { 'To do': ['Two', 'Three', 'Four'], Doing: isDoing ? ['One'] : [], Done: isDoing ? [] : ['One'] }
  await untilOrder(ada, board.id, [a, b], expected)
})

test('several selected cards move together and keep their order, and a new day leaves each its hour', async () => {
  const { ada, board, a, b } = await boardOfTwo()
  const [one, three] = [board.tasks['One']!, board.tasks['Three']!]
  const due = { date: '2026-11-20', time: '17:00', zone: 'UTC', at: '2026-11-20T17:00:00.000Z' }
  await call(ada, `/api/tasks/${one}`, 'PATCH', { due })
  for (const title of ['One', 'Three']) {
    await a.locator(`#card-${board.tasks[title]}`).focus()
    await a.keyboard.press('x')
  }
  await eventually(async () => assert.equal(await a.locator('[data-announcer]').textContent(), '2 selected'))
  assert.equal(await a.locator('[aria-describedby="is-selected"]').count(), 2)
  await a.keyboard.press('d')
  await a.getByRole('button', { name: /^Tomorrow/ }).click()
  const dueOf = async (id: string) => (await call<{ due: typeof due | null }>(ada, `/api/tasks/${id}`)).due
  await eventually(async () => assert.equal((await dueOf(three))?.time, null))
  await eventually(async () => assert.notEqual((await dueOf(one))?.date, due.date))
  assert.ok((await dueOf(one))?.time)
  await a.keyboard.press('m')
  await a.getByRole('option', { name: 'Doing' }).click()
  await untilOrder(ada, board.id, [a, b], { 'To do': ['Two', 'Four'], Doing: ['One', 'Three'], Done: [] })
  // What the filter hides is not acted on, though it is selected.
  await a.locator('#filter').fill('One')
  await a.getByText('1 selected, 1 more hidden by the filter').waitFor()
  await a.locator(`#card-${one}`).focus()
  await a.keyboard.press('Delete')
  await a.locator('#filter').fill('')
  await untilOrder(ada, board.id, [a, b], { 'To do': ['Two', 'Four'], Doing: ['Three'], Done: [] })
})

test('one types card after card, and each is on the other screen', async () => {
  const { ada, board, a, b, column } = await boardOfTwo()
  await a.keyboard.press('c')
  for (const title of ['Five', 'Six']) {
    await a.keyboard.type(title)
    await a.keyboard.press('Enter')
  }
  await untilOrder(ada, board.id, [a, b], { 'To do': [...TITLES, 'Five', 'Six'], Doing: [], Done: [] })
  await a.keyboard.press('Escape')
  await a.keyboard.press('Control+z')
  await untilOrder(ada, board.id, [a, b], { 'To do': [...TITLES, 'Five'], Doing: [], Done: [] })
  await a.keyboard.press('c')
  // Several lines are several tasks, and the last of them is seen above the field.
  await a.keyboard.insertText(Array.from({ length: 12 }, (_, line) => `Line ${line}`).join('\n'))
  await a.keyboard.press('Enter')
  await eventually(async () => {
    const [card, field] = [await cardCalled(a, 'Line 11').boundingBox(), await a.locator('textarea').boundingBox()]
    assert.ok(card && field && card.y + card.height <= field.y, 'the last card is above the field')
  })
  // Reading at the top is not disturbed by what others add, though the field is open.
  const list = a.locator(`[data-column="${board.columns[0]!.id}"] ul`)
  await list.evaluate((element) => (element.scrollTop = 0))
  await call(ada, `/api/boards/${board.id}/tasks`, 'POST', {
    title: 'Above',
    columnId: board.columns[0]!.id,
    after: null,
  })
  await cardCalled(a, 'Above').waitFor()
  assert.ok((await list.evaluate((element) => element.scrollTop)) < 200, 'the list stays where it was')
  // Where the first column is folded the key is for the next. What one adds is seen until one looks for something else.
  await a.getByRole('button', { name: 'Fold To do away' }).click()
  await a.locator('#filter').fill('nothing')
  await a.locator('#filter').blur()
  await a.keyboard.press('c')
  await a.keyboard.type('Seven')
  await a.keyboard.press('Enter')
  await column(a, 1).locator('[data-card]', { hasText: 'Seven' }).waitFor()
  await a.locator('#filter').fill('something')
  await cardCalled(a, 'Seven').waitFor({ state: 'detached' })
})

/** What is read twice in a row. */
async function eventuallySame<T>(read: () => Promise<T>): Promise<T> {
  let before = await read()
  await eventually(async () => {
    await new Promise((resolve) => setTimeout(resolve, 400))
    const now = await read()
    const isSame = JSON.stringify(now) === JSON.stringify(before)
    before = now
    assert.ok(isSame)
  })
  return before
}

test.run()
