import type { Reminder } from '@taskflow/shared/dto/reminder.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import type { Page } from 'playwright-core'
import type { Person } from '../../core-api/src/testing/person.ts'
import { expectNoFindingsInBothThemes } from './harness/axe.ts'
import { cardCalled, eventually, untilLive } from './harness/boards.ts'
import { NO_BROWSER } from './harness/chromium.ts'
import { call, foundTeam, makeBoard, snapshotOf } from './harness/people.ts'
import { openStage, type Stage } from './harness/stage.ts'

const test = suite('what repeats and what reminds, in browsers', NO_BROWSER)
let stage: Stage
test.before(async () => (stage = await openStage()))
test.after.each(() => stage.closeBrowsers())
test.after(() => stage.close())

// A Tuesday far enough away that no date of it is over.
const DUE = '2031-03-04'
const dialog = (page: Page) => page.locator('dialog.task')
const property = (page: Page, name: string) => dialog(page).getByRole('button', { name: new RegExp(`^${name}: `) })

async function openTask(options = {}) {
  const team = await foundTeam(stage.url, ['Ada'])
  const ada = team.people[0] as Person
  const board = await makeBoard(ada, team.workspaceId, ['Water the plants'])
  const id = board.tasks['Water the plants']!
  await call(ada, `/api/tasks/${id}`, 'PATCH', { due: DUE })
  const page = await stage.open(ada, `/boards/${board.id}/tasks/${id}`, options)
  await untilLive(page)
  return { ada, board, id, page, task: () => call<Task>(ada, `/api/tasks/${id}`) }
}

test('a weekly task says so, shows its dates, and comes again when it is done', async () => {
  const { ada, board, page, task } = await openTask()
  await property(page, 'Repeats').click()
  const rule = page.getByRole('dialog', { name: 'Repeats' })
  await rule.getByRole('combobox', { name: 'How often' }).selectOption({ label: 'Every week on Tue' })
  await rule.getByText('Tue, Apr 1, 2031').waitFor()
  await rule.getByRole('button', { name: 'Repeat', exact: true }).click()
  await dialog(page).getByRole('button', { name: 'Repeats: Every week on Tue' }).waitFor()
  await eventually(async () => assert.equal((await task()).recurrence?.rrule, 'FREQ=WEEKLY;BYDAY=TU'))

  await property(page, 'Changes').click()
  await page.getByRole('option', { name: 'Only this one' }).click()
  await dialog(page).getByRole('textbox', { name: 'Title' }).fill('Water the cactus')
  await page.keyboard.press('Enter')
  await eventually(async () => assert.equal((await task()).title, 'Water the cactus'))

  await dialog(page).getByRole('button', { name: 'Mark as done' }).click()
  await page.keyboard.press('Escape')
  const next = cardCalled(page, 'Water the plants')
  await next.waitFor()
  await next.getByRole('img', { name: 'Repeats' }).waitFor()
  const { tasks } = await snapshotOf(ada, board.id)
  assert.equal(tasks.find(({ title }) => title === 'Water the plants')?.due?.date, '2031-03-11')
})

test('by keyboard: a rule of one’s own, one skipped and taken back, and an end to it', async () => {
  const { page, task } = await openTask()
  await property(page, 'Repeats').press('Enter')
  const rule = page.getByRole('dialog', { name: 'Repeats' })
  const often = rule.getByRole('combobox', { name: 'How often' })
  await eventually(async () => assert.ok(await often.evaluate((field) => field === document.activeElement)))
  await often.selectOption({ label: 'Another rule…' })
  await rule.getByRole('spinbutton', { name: 'How many between two' }).fill('2')
  await rule.getByRole('button', { name: 'Thursday' }).press('Space')
  await rule.getByRole('combobox', { name: 'Ends' }).selectOption({ label: 'after a number of times' })
  await rule.getByRole('spinbutton', { name: 'Times' }).fill('6')
  await rule.getByText('Every 2 weeks on Tue and Thu, 6 times').waitFor()
  await rule.getByRole('spinbutton', { name: 'Times' }).press('Enter')
  await eventually(async () =>
    assert.equal((await task()).recurrence?.rrule, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=6'),
  )
  assert.ok(await property(page, 'Repeats').evaluate((field) => field === document.activeElement))

  await property(page, 'Repeats').press('Enter')
  await page.getByRole('button', { name: 'Skip this one' }).click()
  // Pointed at, it stays.
  await dialog(page).getByRole('button', { name: 'Undo' }).hover()
  await eventually(async () => assert.equal((await task()).due?.date, '2031-03-06'))
  await dialog(page).getByRole('button', { name: 'Undo' }).click()
  await eventually(async () => {
    const { due, recurrence } = await task()
    assert.deepEqual([due?.date, recurrence?.rrule], [DUE, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=6'])
  })

  await property(page, 'Repeats').press('Enter')
  await page.getByRole('button', { name: 'Stop repeating' }).click()
  await eventually(async () => assert.equal((await task()).recurrence, null))
  await page.keyboard.press('ControlOrMeta+z')
  await eventually(async () => assert.ok((await task()).recurrence))
})

test('one’s own reminders are ticked, added and taken away', async () => {
  const { ada, id, page } = await openTask()
  const kept = async () =>
    (await call<{ items: Reminder[] }>(ada, `/api/tasks/${id}/reminders`)).items.map(({ kind }) => kind).sort()
  await property(page, 'Remind me').press('Enter')
  const hour = page.getByRole('checkbox', { name: '1 hour before' })
  await hour.check()
  await eventually(async () => assert.deepEqual(await kept(), ['1h']))
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await eventually(async () => assert.deepEqual(await kept(), ['1h', 'custom']))
  await hour.uncheck()
  await page.getByRole('button', { name: /^Remove the reminder of/ }).click()
  await eventually(async () => assert.deepEqual(await kept(), []))
  await page.keyboard.press('Escape')
  await dialog(page).getByRole('button', { name: 'Remind me: No reminders' }).waitFor()
})

test('no finding of axe and nothing out of reach, in both themes, also on a phone', async () => {
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 390, height: 760 },
  ]) {
    const { page } = await openTask({ reducedMotion: 'reduce', viewport, hasTouch: viewport.width < 400 })
    const look = async (where: string) => {
      await expectNoFindingsInBothThemes(page, where, 'dialog.task')
      const box = (await page.locator('.floating:popover-open').boundingBox())!
      assert.ok(box.x >= 0 && box.y >= 0, where)
      assert.ok(box.x + box.width <= viewport.width && box.y + box.height <= viewport.height, where)
    }
    await property(page, 'Repeats').click()
    await page.getByRole('combobox', { name: 'How often' }).selectOption({ label: 'Another rule…' })
    await page.getByRole('combobox', { name: 'Ends' }).selectOption({ label: 'on a day' })
    await page.getByLabel('Last day').fill('2031-04-01')
    await page.getByText('Next dates').waitFor()
    await look('rule')
    await page.getByRole('button', { name: 'Repeat', exact: true }).click()
    await property(page, 'Remind me').click()
    await page.getByRole('checkbox', { name: '1 day before' }).check()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('button', { name: /^Remove the reminder/ }).waitFor()
    await look('reminders')
    await page.close()
  }
})

test.run()
