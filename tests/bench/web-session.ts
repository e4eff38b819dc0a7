import type { Page } from 'playwright-core'
import { percentiles } from './load.ts'

/** From a press to the next paint, for everything that one does on a board in a minute. */
export async function measureSession(page: Page) {
  await page.evaluate(() => {
    const durations = new Map<number, { ms: number; name: string }>()
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEventTiming & { interactionId: number })[]) {
        const known = durations.get(entry.interactionId)
        if (entry.interactionId && entry.duration > (known?.ms ?? 0))
          durations.set(entry.interactionId, { ms: entry.duration, name: entry.name })
      }
    }).observe({ type: 'event', durationThreshold: 16, buffered: false } as PerformanceObserverInit)
    Object.assign(window, { durations })
  })
  let acts = 0
  const press = async (key: string) => {
    acts++
    await page.keyboard.press(key)
    await page.waitForTimeout(60)
  }
  await page.locator('li[data-card] a').nth(1).focus()
  for (const key of ['j', 'j', 'j', 'k', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowLeft']) await press(key)
  for (const key of ['x', 'j', 'x', 'Escape']) await press(key)
  for (const key of ['Space', 'ArrowDown', 'ArrowRight', 'ArrowDown', 'Space']) await press(key)
  for (const key of ['.', 'Escape', 'm', 'Escape', 'l', 'Escape', 'p', 'Enter', 'i']) await press(key)
  for (const key of ['/', ...'task 42', 'Escape']) await press(key)
  for (const key of ['c', ...'A new one', 'Enter', 'Escape']) await press(key)
  for (let drop = 0; drop < 4; drop++) {
    await dragSomewhere(page, drop)
    acts += 2
  }
  for (const name of ['Only mine', 'Only mine', 'Filter']) {
    await page.getByRole('button', { name, exact: true }).click()
    acts++
    await page.waitForTimeout(150)
  }
  await press('Escape')
  await page.waitForTimeout(500)
  const seen = await page.evaluate(() => [
    ...(window as unknown as { durations: Map<number, { ms: number; name: string }> }).durations.values(),
  ])
  const all = [...seen.map(({ ms }) => ms), ...Array.from({ length: Math.max(0, acts - seen.length) }, () => 8)]
  const slowest = seen.toSorted((a, b) => b.ms - a.ms).slice(0, 3)
  const p98 = all.toSorted((a, b) => a - b)[Math.floor(all.length * 0.98)]
  return { acts, p98, ...percentiles(all), slowest }
}

async function dragSomewhere(page: Page, turn: number) {
  const from = (await page
    .locator('[data-column]')
    .nth(turn % 2)
    .locator('li[data-card]')
    .nth(1)
    .boundingBox())!
  const to = (await page
    .locator('[data-column]')
    .nth(1 - (turn % 2))
    .boundingBox())!
  await page.mouse.move(from.x + 60, from.y + 20)
  await page.mouse.down()
  for (let step = 1; step <= 5; step++) {
    await page.mouse.move(from.x + 60 + ((to.x - from.x + 40) * step) / 5, from.y + 20 + step * 20)
    await page.waitForTimeout(20)
  }
  await page.waitForTimeout(60)
  await page.mouse.up()
  await page.waitForTimeout(150)
}
