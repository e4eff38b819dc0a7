import { assert } from '@taskflow/tools/suite.ts'
import type { Locator, Page } from 'playwright-core'
import type { Person } from '../../../core-api/src/testing/person.ts'
import { orderOf, snapshotOf } from './people.ts'

/** Titles by column, as a screen shows them. */
export const shownOrder = (page: Page) =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('[data-column]')].map((column) => [
        column.querySelector('h2')?.textContent.trim(),
        [...column.querySelectorAll('[data-card] a')].map((link) => link.textContent.trim()),
      ]),
    ),
  )

export const untilLive = (page: Page) => page.waitForSelector('[data-live="live"]')

/** Tries until it holds, for as long as people would wait. */
export async function eventually(check: () => unknown, ms = 20_000): Promise<void> {
  const until = Date.now() + ms
  for (;;) {
    try {
      await check()
      return
    } catch (error) {
      if (Date.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** All screens show this order, and the server has it. */
export async function untilOrder(
  person: Person,
  boardId: string,
  pages: Page[],
  expected: Record<string, string[]>,
): Promise<void> {
  await eventually(async () => {
    for (const page of pages) assert.deepEqual(await shownOrder(page), expected)
    assert.deepEqual(orderOf(await snapshotOf(person, boardId)), expected)
  })
}

export const cardCalled = (page: Page, title: string) => page.locator('[data-card]', { hasText: title })

interface Point {
  x: number
  y: number
}

export async function middleOf(target: Locator): Promise<Point> {
  const box = await target.boundingBox()
  if (!box) throw new Error('What should be pointed at is not on the screen')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** As a hand does it: down, some way, a pause over the place, and only then up unless it is held. */
export async function dragByMouse(page: Page, from: Locator, to: Point, { isHeld = false } = {}): Promise<void> {
  const start = await middleOf(from)
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  for (let step = 1; step <= 6; step++) {
    await page.mouse.move(start.x + ((to.x - start.x) * step) / 6, start.y + ((to.y - start.y) * step) / 6)
    await page.waitForTimeout(20)
  }
  await page.mouse.move(to.x, to.y + 1)
  await page.waitForTimeout(60)
  if (!isHeld) await page.mouse.up()
}

/** A finger that rests until the card is in the hand before it moves, and again before it lets go. */
export async function dragByTouch(page: Page, from: Locator, to: Point, overMs = 150): Promise<void> {
  const finger = await touching(page, await middleOf(from), to)
  await finger.down()
  await page.locator('body > div[inert]').waitFor({ state: 'attached' })
  await finger.goOn()
  await page.waitForTimeout(overMs)
  await finger.up()
}

/** A finger that is on its way as soon as it touches. */
export async function swipe(page: Page, from: Locator, to: Point): Promise<void> {
  const finger = await touching(page, await middleOf(from), to)
  await Promise.all([finger.down(), finger.move(1)])
  await finger.goOn()
  await finger.up()
}

async function touching(page: Page, start: Point, to: Point) {
  const touch = await page.context().newCDPSession(page)
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[]) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints })
  const move = (step: number) =>
    send('touchMove', [{ x: start.x + ((to.x - start.x) * step) / 8, y: start.y + ((to.y - start.y) * step) / 8 }])
  return {
    down: () => send('touchStart', [start]),
    move,
    async goOn() {
      for (let step = 1; step <= 8; step++) {
        await move(step)
        await page.waitForTimeout(20)
      }
    },
    async up() {
      await send('touchEnd', [])
      await touch.detach()
    },
  }
}
