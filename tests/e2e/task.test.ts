import type { Comment, Task } from '@taskflow/shared/dto/task.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import type { Page } from 'playwright-core'
import type { Person } from '../../core-api/src/testing/person.ts'
import { expectNoFindingsInBothThemes } from './harness/axe.ts'
import { eventually, untilLive } from './harness/boards.ts'
import { NO_BROWSER } from './harness/chromium.ts'
import { call, foundTeam, makeBoard } from './harness/people.ts'
import { openStage, type Stage } from './harness/stage.ts'

const test = suite('a task in browsers', NO_BROWSER)
let stage: Stage
test.before(async () => (stage = await openStage()))
test.after.each(() => stage.closeBrowsers())
test.after(() => stage.close())

const TEXT = '# Why\n\nBecause **it matters**.\n\n- [ ] One\n- [x] Two\n'

async function taskOfTwo(fields: object = {}) {
  const team = await foundTeam(stage.url, ['Ada', 'Bob'])
  const [ada, bob] = team.people as [Person, Person]
  const board = await makeBoard(ada, team.workspaceId, ['Write it down', 'Other'])
  const id = board.tasks['Write it down']!
  await call(ada, `/api/tasks/${id}`, 'PATCH', { description: TEXT, ...fields })
  return { team, ada, bob, board, id, boardPath: `/boards/${board.id}`, path: `/boards/${board.id}/tasks/${id}` }
}

const taskOf = (person: Person, id: string) => call<Task>(person, `/api/tasks/${id}`)
const dialog = (page: Page) => page.locator('dialog.task')
const description = (page: Page) => dialog(page).getByRole('textbox', { name: 'Description' })

async function openTask(person: Person, path: string, options = {}): Promise<Page> {
  const page = await stage.open(person, path, options)
  await untilLive(page)
  return page
}

async function edit(page: Page) {
  await dialog(page).getByRole('button', { name: 'Edit description' }).click()
  await description(page).waitFor()
}

test('a deep link shows the task over its board before any script has run', async () => {
  const { ada, path } = await taskOfTwo()
  const page = await stage.open(ada, path, { javaScriptEnabled: false })
  assert.match(await dialog(page).innerText(), /Because it matters/)
  assert.equal(await page.locator('[data-card]').count(), 2)
  await dialog(page).getByRole('link', { name: 'Close' }).click()
  await page.waitForURL((url) => !url.pathname.includes('/tasks/'))
})

test('opened from its card: back and Escape close it, and the focus is on the card again', async () => {
  const { ada, id, boardPath, path } = await taskOfTwo()
  const page = await openTask(ada, boardPath)
  const isClosed = () =>
    eventually(async () => {
      assert.equal(new URL(page.url()).pathname, boardPath)
      assert.match(await page.title(), /^Spring release/)
      assert.equal(await dialog(page).count(), 0)
      assert.equal(await page.evaluate(() => document.activeElement?.id), `card-${id}`)
    })
  for (const close of [() => page.goBack(), () => page.keyboard.press('Escape')]) {
    await page.locator(`#card-${id}`).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${path}`)
    await dialog(page).getByText('Because it matters').waitFor()
    assert.match(await page.title(), /^Write it down · Spring release/)
    await close()
    await isClosed()
  }
})

test('two people edit one description: both texts are kept, and shown beside each other', async () => {
  const { ada, bob, id, path } = await taskOfTwo()
  const [a, b] = [await openTask(ada, path), await openTask(bob, path)]
  const title = dialog(a).getByRole('textbox', { name: 'Title' })
  await title.focus()
  await dialog(b).getByRole('status').filter({ hasText: 'Ada is editing this' }).waitFor()
  await title.blur()
  await edit(a)
  await dialog(b).getByText('Ada is editing this', { exact: true }).first().waitFor()
  await description(a).press('ControlOrMeta+End')
  await description(a).pressSequentially('Mine at the end')
  await edit(b)
  await description(b).press('ControlOrMeta+Home')
  await description(b).pressSequentially('Theirs at the top\n\n')
  await description(b).press('ControlOrMeta+Enter')
  await dialog(a).getByText('Bob changed this while you were typing').waitFor()
  assert.match(await dialog(a).getByRole('group', { name: 'Yours' }).innerText(), /Mine at the end/)
  assert.match(await dialog(a).getByRole('group', { name: 'Bob’s' }).innerText(), /Theirs at the top/)
  await dialog(a).getByRole('button', { name: 'Merge by hand' }).click()
  await dialog(a).getByRole('button', { name: 'Save' }).click()
  await dialog(b).getByText('Mine at the end').waitFor()
  const { description: saved } = await taskOf(ada, id)
  assert.match(saved, /^Theirs at the top[\s\S]*Mine at the end/)
})

test('whoever only reads sees the change as it comes; whoever saved too late chooses', async () => {
  const { ada, bob, id, path } = await taskOfTwo()
  const [a, b] = [await openTask(ada, path), await openTask(bob, path)]
  await edit(a)
  await description(a).fill('Mine')
  await a.context().setOffline(true)
  await call(bob, `/api/tasks/${id}`, 'PATCH', { description: 'Theirs' })
  await dialog(b).getByText('Theirs').waitFor()
  await dialog(a).getByRole('button', { name: 'Save' }).click()
  await dialog(a).getByText('Mine').waitFor()
  await a.context().setOffline(false)
  await dialog(a).getByRole('button', { name: 'Keep mine' }).waitFor()
  assert.equal((await taskOf(ada, id)).description, 'Theirs')
  await dialog(a).getByRole('button', { name: 'Keep mine' }).click()
  await dialog(b).getByText('Mine').waitFor()
  assert.equal((await taskOf(ada, id)).description, 'Mine')
  for (const said of stage.takeComplaints()) assert.match(said, /ERR_INTERNET_DISCONNECTED|WebSocket connection to|409/)
})

test('opened without a network, a task that was not read before shows what its card knows, and the rest later', async () => {
  const items = [true, false].map((done, n) => ({ id: newId(), text: `Step ${n}`, done, kind: 'step' }))
  const due = { date: '2026-12-24', time: null, zone: null }
  const { ada, board, id, boardPath } = await taskOfTwo({ priority: 'high', due, checklistItems: items })
  const page = await openTask(ada, `${boardPath}/tasks/${board.tasks['Other']}`)
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'detached' })
  await page.context().setOffline(true)
  await page.locator(`#card-${id}`).click()
  await dialog(page).getByText('come as soon as the connection is back').waitFor()
  assert.equal(await dialog(page).getByRole('textbox', { name: 'Title' }).inputValue(), 'Write it down')
  for (const said of ['Properties', 'To do', 'High', 'Checklist', '1 of 2']) {
    assert.match(await dialog(page).ariaSnapshot(), new RegExp(said))
  }
  await page.context().setOffline(false)
  await dialog(page).getByText('Because it matters').waitFor()
  assert.equal(await dialog(page).getByText('come as soon as the connection is back').count(), 0)
  for (const said of stage.takeComplaints()) assert.match(said, /ERR_INTERNET_DISCONNECTED|WebSocket/)
})

test('whether a link was copied is said, also if it was not', async () => {
  const { ada, path } = await taskOfTwo()
  const page = await openTask(ada, path)
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: async () => Promise.reject(new Error('no')) } })
    document.execCommand = () => false
  })
  await dialog(page).getByRole('button', { name: 'Copy link' }).click()
  await dialog(page).getByText('This browser did not allow copying. Take the link from the address bar.').waitFor()
})

test('a draft survives a reload and goes on where it was; leaving with it warns', async () => {
  const { ada, id, path } = await taskOfTwo()
  const page = await openTask(ada, path)
  await edit(page)
  await description(page).fill('Half a thought')
  const other = await page.context().newPage()
  await other.goto(`${stage.url}${path}`)
  await untilLive(other)
  await edit(other)
  assert.match(await description(other).inputValue(), /it matters/)
  await description(other).fill('Of another tab')
  page.once('dialog', (asked) => void asked.accept())
  await page.reload()
  await eventually(async () => assert.equal(await description(page).inputValue(), 'Half a thought'))
  await dialog(page)
    .getByText(/Your draft from/)
    .waitFor()
  await dialog(page).getByRole('link', { name: 'Close' }).click()
  const stay = page.getByRole('button', { name: 'Stay and finish' })
  await stay.waitFor()
  assert.ok(await stay.evaluate((button) => button === document.activeElement))
  await page.keyboard.press('Enter')
  assert.equal(await description(page).inputValue(), 'Half a thought')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await eventually(async () => assert.equal((await taskOf(ada, id)).description, 'Half a thought'))
  await dialog(other).getByText('You changed this in another tab').waitFor()
  await other.close()
  await page.reload()
  await eventually(async () =>
    assert.match(await dialog(page).getByRole('group', { name: 'Yours' }).innerText(), /Of another tab/),
  )
  await dialog(page).getByRole('button', { name: 'Take theirs' }).click()
  await eventually(async () =>
    assert.deepEqual(
      await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('draft:'))),
      [],
    ),
  )
})

test('a text that is refused only after a reload is in the hands again, beside the other', async () => {
  const { ada, bob, id, path } = await taskOfTwo()
  const page = await openTask(ada, path)
  await page.route(`**/api/tasks/${id}`, (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.fallback(),
  )
  await edit(page)
  await description(page).fill('Mine')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await dialog(page).getByText('Mine', { exact: true }).waitFor()
  await call(bob, `/api/tasks/${id}`, 'PATCH', { description: 'Theirs' })
  await page.reload()
  await untilLive(page)
  await page.unroute(`**/api/tasks/${id}`)
  await dialog(page).getByRole('button', { name: 'Keep mine' }).waitFor()
  assert.match(await dialog(page).getByRole('group', { name: 'Yours' }).innerText(), /Mine/)
  await dialog(page).getByRole('button', { name: 'Take theirs' }).click()
  await dialog(page).getByText('Theirs', { exact: true }).waitFor()
  assert.equal((await taskOf(ada, id)).description, 'Theirs')
  for (const said of stage.takeComplaints()) assert.match(said, /ERR_FAILED|409/)
})

test('what is refused is in its field again: a title, a step, a subtask', async () => {
  const { ada, path } = await taskOfTwo({
    checklistItems: [{ id: newId(), text: 'A step', done: false, kind: 'step' }],
  })
  const page = await openTask(ada, path)
  const problem = { title: 'Cannot be done', status: 422, code: 'test.refused', detail: 'In words of the server.' }
  await page.route('**/api/{tasks,boards}/**', (route) =>
    route.request().method() !== 'GET'
      ? route.fulfill({ status: 422, contentType: 'application/problem+json', json: problem })
      : route.fallback(),
  )
  const title = dialog(page).getByRole('textbox', { name: 'Title' })
  await title.fill('A better title')
  await title.press('Enter')
  await page.getByText('The server did not accept that. What you typed is back where you typed it.').first().waitFor()
  await eventually(async () => assert.equal(await title.inputValue(), 'A better title'))
  const step = dialog(page).getByRole('textbox', { name: /A step/ })
  await step.fill('A better step')
  await step.press('Enter')
  await dialog(page).getByRole('textbox', { name: 'Add a step' }).fill('Another step')
  await page.keyboard.press('Enter')
  await dialog(page).getByRole('button', { name: 'Subtasks' }).click()
  await dialog(page).getByRole('textbox', { name: 'Add a subtask' }).fill('A part')
  await page.keyboard.press('Enter')
  const isBack = async () => {
    assert.equal(await step.inputValue(), 'A better step')
    assert.equal(await dialog(page).getByRole('textbox', { name: 'Add a step' }).inputValue(), 'Another step')
    assert.equal(await dialog(page).getByRole('textbox', { name: 'Add a subtask' }).inputValue(), 'A part')
  }
  await eventually(isBack)
  page.once('dialog', (asked) => void asked.accept())
  await page.reload()
  await untilLive(page)
  await eventually(isBack)
  await eventually(async () => assert.equal(await title.inputValue(), 'A better title'))
  for (const said of stage.takeComplaints()) assert.match(said, /422/)
})

test('leaving anyway keeps the draft for the next time', async () => {
  const { ada, id, boardPath } = await taskOfTwo()
  const page = await openTask(ada, boardPath)
  await page.locator(`#card-${id}`).click()
  await dialog(page)
    .getByRole('button', { name: /Write a comment/ })
    .click()
  await dialog(page).getByRole('textbox', { name: 'New comment' }).fill('Not yet sent')
  await page.goBack()
  await page.getByRole('button', { name: 'Leave, keep the draft' }).click()
  await page.waitForURL(`**${boardPath}`)
  await page.locator(`#card-${id}`).click()
  await eventually(async () =>
    assert.equal(await dialog(page).getByRole('textbox', { name: 'New comment' }).inputValue(), 'Not yet sent'),
  )
  await dialog(page).getByRole('button', { name: 'Discard' }).click()
  await dialog(page).getByRole('button', { name: 'Undo' }).click()
  await eventually(async () =>
    assert.equal(await dialog(page).getByRole('textbox', { name: 'New comment' }).inputValue(), 'Not yet sent'),
  )
})

test('boxes of the description and of the checklist are ticked on both screens', async () => {
  const item = { id: newId(), text: 'A step', done: false, kind: 'step' }
  const other = { ...item, id: newId(), text: 'Another' }
  const { ada, bob, id, path } = await taskOfTwo({ checklistItems: [item, other] })
  const [a, b] = [await openTask(ada, path), await openTask(bob, path)]
  await dialog(a).getByRole('checkbox', { name: 'One' }).check()
  await dialog(a).getByRole('checkbox', { name: 'Two' }).uncheck()
  await dialog(a).getByRole('checkbox', { name: 'A step' }).check()
  await eventually(async () => {
    assert.ok(await dialog(b).getByRole('checkbox', { name: 'One' }).isChecked())
    assert.ok(!(await dialog(b).getByRole('checkbox', { name: 'Two' }).isChecked()))
    assert.ok(await dialog(b).getByRole('checkbox', { name: 'A step' }).isChecked())
  })
  const saved = await taskOf(ada, id)
  assert.match(saved.description, /- \[x\] One\n- \[ \] Two/)
  await dialog(a).getByRole('textbox', { name: 'A step' }).press('Alt+ArrowDown')
  await eventually(async () =>
    assert.equal(await dialog(a).locator('[data-announcer]').textContent(), 'A step, 2 of 2'),
  )
})

test('what is ticked without a network changes that step alone, whatever others made of the list', async () => {
  const items = ['Mine', 'Theirs', 'Third'].map((text) => ({ id: newId(), text, done: false, kind: 'step' }))
  const { ada, bob, id, path, board } = await taskOfTwo({ checklistItems: items })
  const page = await openTask(ada, path)
  await page.context().setOffline(true)
  await dialog(page).getByRole('checkbox', { name: 'Mine' }).check()
  await dialog(page).getByRole('textbox', { name: 'Edit Third' }).press('Alt+ArrowUp')
  await dialog(page).getByText('1 of 3').waitFor()
  const steps = `/api/tasks/${id}/checklist`
  await call(bob, `${steps}/${items[1]!.id}`, 'PUT', { text: 'Theirs anew' })
  await call(bob, `${steps}/${newId()}`, 'PUT', { text: 'Added' })
  await call(bob, `/api/tasks/${id}/blockers/${board.tasks['Other']}`, 'PUT')
  await page.context().setOffline(false)
  const wanted = ['Mine true', 'Third false', 'Theirs anew false', 'Added false']
  await eventually(async () => {
    const { checklistItems, blockedByIds } = await taskOf(ada, id)
    assert.deepEqual(
      checklistItems.map(({ text, done }) => `${text} ${done}`),
      wanted,
    )
    assert.deepEqual(blockedByIds, [board.tasks['Other']])
    const boxes = dialog(page).getByRole('region', { name: 'Checklist' }).getByRole('checkbox')
    assert.deepEqual(
      await boxes.evaluateAll((all: HTMLInputElement[]) => all.map((box) => `${box.ariaLabel} ${box.checked}`)),
      wanted,
    )
  })
  for (const said of stage.takeComplaints()) assert.match(said, /ERR_INTERNET_DISCONNECTED|WebSocket/)
})

test('a comment calls somebody by a few letters, and is answered with a reaction', async () => {
  const { ada, bob, id, path } = await taskOfTwo()
  const [a, b] = [await openTask(ada, path), await openTask(bob, path)]
  await dialog(a)
    .getByRole('button', { name: /Write a comment/ })
    .click()
  const field = dialog(a).getByRole('textbox', { name: 'New comment' })
  await field.pressSequentially('Look, @bo')
  await dialog(a).getByRole('option', { name: 'Bob' }).waitFor()
  await field.press('Enter')
  await field.pressSequentially('please')
  await field.press('ControlOrMeta+Enter')
  const comment = dialog(b).getByRole('article', { name: 'Comment by Ada' })
  await comment.waitFor()
  assert.match(await comment.innerText(), /Look, @Bob please/)
  const { items } = await call<{ items: Comment[] }>(ada, `/api/tasks/${id}/comments`)
  assert.deepEqual(items[0]?.mentionIds, [bob.userId])
  await comment.hover()
  await comment.getByRole('button', { name: 'Add a reaction' }).click()
  await b.getByRole('button', { name: '🎉' }).click()
  await dialog(a)
    .getByRole('button', { name: /🎉, 1 person: Bob/ })
    .waitFor()
})

test('every property is changed in place, and Ctrl+Z takes the last one back', async () => {
  const { ada, id, board, path } = await taskOfTwo()
  const page = await openTask(ada, path)
  const property = (name: string) => dialog(page).getByRole('button', { name: new RegExp(`^${name}: `) })
  const pick = async (name: string, option: string) => {
    await property(name).click()
    await page.getByRole('option', { name: option }).click()
  }
  await pick('Column', 'Doing')
  await pick('Priority', 'High priority')
  await pick('Assignees', 'Ada (you)')
  await page.keyboard.press('Escape')
  await property('Labels').click()
  await page.getByRole('combobox', { name: 'Labels' }).fill('urgent')
  await page.getByRole('option', { name: 'Create “urgent”' }).click()
  await page.keyboard.press('Escape')
  await property('Due').click()
  await page.getByRole('button', { name: /^Tomorrow/ }).click()
  await dialog(page).getByRole('textbox', { name: 'Title' }).fill('Written down')
  await page.keyboard.press('Enter')
  await eventually(async () => {
    const task = await taskOf(ada, id)
    assert.equal(task.columnId, board.columns[1]!.id)
    assert.deepEqual([task.priority, task.title, task.assigneeIds], ['high', 'Written down', [ada.userId]])
    assert.equal(task.labelIds.length, 1)
    assert.ok(task.due?.date)
  })
  await page.keyboard.press('ControlOrMeta+z')
  await eventually(async () => assert.equal((await taskOf(ada, id)).title, 'Write it down'))
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Find anything' }).fill('remind')
  await page.keyboard.press('Enter')
  await eventually(async () => assert.equal(await property('Remind me').getAttribute('aria-expanded'), 'true'))
})

test('subtasks, dependencies and steps are added where they belong', async () => {
  const { ada, id, board, path } = await taskOfTwo()
  const page = await openTask(ada, path)
  // An empty line closes when one turns to something else, and does not pull that away from under the pointer.
  await dialog(page).getByRole('button', { name: 'Checklist' }).click()
  await dialog(page).getByRole('textbox', { name: 'Add a step' }).waitFor()
  await dialog(page).getByRole('button', { name: 'Subtasks' }).click()
  await dialog(page).getByRole('textbox', { name: 'Add a subtask' }).fill('A part')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await dialog(page)
    .getByRole('link', { name: /A part/ })
    .waitFor()
  await dialog(page).getByRole('button', { name: 'Add a task that this one waits for' }).click()
  await page.getByRole('combobox', { name: 'Add' }).fill('Oth')
  await page.getByRole('option', { name: /Other/ }).click()
  await dialog(page).getByRole('link', { name: /Other/ }).waitFor()
  await eventually(async () => assert.deepEqual((await taskOf(ada, id)).blockedByIds, [board.tasks['Other']]))
  await dialog(page)
    .getByRole('link', { name: /A part/ })
    .click()
  await dialog(page)
    .getByRole('link', { name: /Subtask of .* Write it down/ })
    .click()
  await page.waitForURL(`**${path}`)
})

test('files are attached, shown and removed', async () => {
  const { ada, bob, path } = await taskOfTwo()
  const [a, b] = [await openTask(ada, path), await openTask(bob, path)]
  const file = { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('A plan') }
  await dialog(a).locator('.body input[type=file]').last().setInputFiles(file)
  await dialog(b).getByText('plan.txt').waitFor()
  await dialog(a).getByText('plan.txt').hover()
  await dialog(a).getByRole('button', { name: 'Remove plan.txt' }).click()
  await dialog(a).getByRole('button', { name: 'Remove for good' }).click()
  await eventually(async () => assert.equal(await dialog(b).getByText('plan.txt').count(), 0))
})

test('archived by somebody else while one looks at it, it says so and can be brought back', async () => {
  const { ada, bob, id, path } = await taskOfTwo()
  const page = await openTask(ada, path)
  await call(bob, `/api/tasks/${id}/archived`, 'PUT')
  await dialog(page)
    .getByText(/Archived now/)
    .waitFor()
  await dialog(page).getByRole('button', { name: 'Restore' }).click()
  await eventually(async () => assert.equal((await taskOf(ada, id)).archivedAt, null))
  await dialog(page).getByRole('button', { name: 'More actions' }).waitFor()
})

test('what was archived or deleted is found on its board and brought back', async () => {
  const { ada, id, board, boardPath } = await taskOfTwo()
  await call(ada, `/api/tasks/${id}/archived`, 'PUT')
  await call(ada, `/api/tasks/${board.tasks['Other']}`, 'DELETE')
  const page = await stage.open(ada, boardPath)
  await untilLive(page)
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Find anything' }).fill('archive and trash')
  await page.keyboard.press('Enter')
  const removed = page.getByRole('dialog', { name: 'Archive and trash' })
  await removed.getByRole('link', { name: 'Write it down' }).waitFor()
  await removed.getByRole('button', { name: /^Restore/ }).click()
  await removed.getByText('Nothing is archived').waitFor()
  await removed.getByRole('button', { name: 'Trash' }).click()
  await removed.getByRole('button', { name: /^Restore/ }).click()
  await removed.getByText('The trash is empty').waitFor()
  await removed.getByText('is on the board again').first().waitFor()
  await page.keyboard.press('Escape')
  await eventually(async () => assert.equal(await page.locator('[data-card]').count(), 2))
})

test('what lies in the trash is deleted for good, one task or all, once one is sure', async () => {
  const { ada, id, board, boardPath } = await taskOfTwo()
  const { id: third } = await call<Task>(ada, `/api/boards/${board.id}/tasks`, 'POST', { title: 'Third' })
  const all = [id, board.tasks['Other']!, third]
  for (const one of all) await call(ada, `/api/tasks/${one}`, 'DELETE')
  const page = await stage.open(ada, boardPath)
  await untilLive(page)
  await page.getByRole('button', { name: 'Board settings' }).click()
  await page.getByRole('button', { name: 'Archive and trash' }).click()
  const removed = page.getByRole('dialog', { name: 'Archive and trash' })
  await removed.getByRole('button', { name: 'Trash' }).click()
  await removed.getByText('deleted for good after 30 days').waitFor()
  await removed
    .getByRole('button', { name: /^Delete .* for good$/ })
    .first()
    .click()
  const sure = page.getByRole('dialog', { name: /for good\?$/ })
  await sure.getByText('“Third” goes with its comments and files. This cannot be undone.').waitFor()
  await sure.getByRole('button', { name: 'Cancel' }).click()
  assert.equal(await removed.getByRole('listitem').count(), 3)
  await removed
    .getByRole('button', { name: /^Delete .* for good$/ })
    .first()
    .click()
  await sure.getByRole('button', { name: 'Delete for good' }).click()
  await eventually(async () => assert.equal(await removed.getByRole('listitem').count(), 2))
  await removed.getByRole('button', { name: 'Empty trash' }).click()
  await page.getByRole('dialog', { name: 'Empty the trash?' }).getByRole('button', { name: 'Empty trash' }).click()
  await removed.getByText('The trash is empty').waitFor()
  for (const one of all) await assert.rejects(taskOf(ada, one), /404/)
})

test('text from others runs nothing and loads nothing from elsewhere', async () => {
  const bad =
    '<img src=x onerror=alert(1)> ![x](https://evil.example/x.png) [y](javascript:alert(1)) <script>alert(1)</script>'
  const { ada, path } = await taskOfTwo({ description: bad })
  const page = await stage.openBrowser(ada).then((context) => context.newPage())
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  page.on('dialog', () => asked.push('a script ran'))
  await page.goto(path)
  await untilLive(page)
  const body = dialog(page).locator('.prose').first()
  assert.equal(await body.locator('img, script').count(), 0)
  assert.equal(await body.getByRole('link').count(), 1)
  assert.deepEqual(
    asked.filter((url) => !url.startsWith(stage.url)),
    [],
  )
})

test('the server dies while one types: nothing is lost, and it is sent when it is back', async () => {
  if (!stage.stack.mayDie) return
  const { ada, id, path } = await taskOfTwo()
  const page = await openTask(ada, path)
  await edit(page)
  await description(page).fill('Typed')
  await stage.stack.die()
  await description(page).pressSequentially(' while it was dead')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await dialog(page).getByText('Typed while it was dead').waitFor()
  await stage.stack.revive()
  await eventually(async () => assert.equal((await taskOf(ada, id)).description, 'Typed while it was dead'), 60_000)
  for (const said of stage.takeComplaints()) assert.match(said, /50[0-9]|ERR_|Failed to load|WebSocket connection to/)
})

test('no finding of axe, in both themes, with what opens over it', async () => {
  const { ada, path } = await taskOfTwo({ priority: 'high', due: '2026-11-01' })
  await call(ada, `/api/tasks/${path.split('/').at(-1)}/comments`, 'POST', { body: 'A comment, @Bob' })
  const page = await openTask(ada, path, { reducedMotion: 'reduce' })
  const look = (where: string) => expectNoFindingsInBothThemes(page, where, 'dialog.task')
  await dialog(page).getByRole('article', { name: 'Comment by Ada' }).waitFor()
  await look('open')
  await edit(page)
  await look('editing')
  await page.keyboard.press('Escape')
  await dialog(page)
    .getByRole('button', { name: /^Labels: / })
    .click()
  await page.getByRole('combobox', { name: 'Labels' }).fill('new')
  await page.getByRole('option', { name: 'Create “new”' }).waitFor()
  await look('labels')
  await page.keyboard.press('Escape')
  await dialog(page)
    .getByRole('button', { name: /^Due: / })
    .click()
  await page.getByRole('button', { name: /^Tomorrow/ }).waitFor()
  await look('due')
  await page.keyboard.press('Escape')
  await dialog(page).getByRole('tab', { name: 'History' }).click()
  await dialog(page).getByText('created this task').waitFor()
  await look('history')
  await dialog(page).getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem').first().waitFor()
  await look('menu')
})

test('Tab walks from the head over the title, the properties and the text to the comment', async () => {
  const { ada, path } = await taskOfTwo()
  const page = await openTask(ada, path)
  const names: string[] = []
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press('Tab')
    names.push(
      await page.evaluate(() => {
        const { activeElement: element } = document
        return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''
      }),
    )
  }
  const wanted = ['Close', 'Mark as done', 'Title', 'Column: To do', 'Edit description', 'Checklist', 'Comments']
  const places = wanted.map((name) => names.findIndex((one) => one.startsWith(name)))
  assert.ok(
    places.every((place) => place >= 0),
    `${wanted.join()} are at ${places.join()} of ${names.join(' | ')}`,
  )
  assert.deepEqual(
    places,
    places.toSorted((x, y) => x - y),
  )
})

test.run()
