import { setTimeout as delay } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import type { Person } from '../../core-api/src/testing/person.ts'
import { openChromium } from '../e2e/harness/chromium.ts'
import { startStack } from '../e2e/harness/stack.ts'
import { percentiles } from './load.ts'
import type { Options } from './main.ts'
import { type BenchBoard, call, fillBoard, foundWorkspace, signUp } from './team.ts'
import { measureClickToPaint } from './web-click-to-paint.ts'
import { measureSession } from './web-session.ts'

const SIZES = [1_000, 5_000]
const LOADS = 3
const FACTS_PER_SECOND = 200
const HOUR_OF_FACTS = 6_000

/** What a person sees and feels of a board, in Chromium, through the gateway. */
export async function benchWeb({ seconds }: Options) {
  const stack = await startStack({ ownDatabase: true })
  const browser = await openChromium(['--enable-precise-memory-info'])
  try {
    const ada = await signUp(stack.url, 'Ada')
    const workspace = await foundWorkspace(ada)
    const small = await fillBoard(stack.url, ada, workspace.id, 20)
    const loads = []
    let board = small
    for (const tasks of SIZES) {
      board = await fillBoard(stack.url, ada, workspace.id, Math.ceil(tasks / 3))
      loads.push({ tasks, ...(await measureLoads(browser, stack.url, ada, board)) })
    }
    const page = await openPage(browser, stack.url, ada, board)
    const scriptKb = await page.evaluate(sumScripts)
    const interaction = await measureSession(page)
    const frames = await measureFrames(page, ada, board, Math.max(seconds, 5))
    const heap = await measureHeap(page, ada, board)
    await page.context().close()
    const clickToOtherPaint = await measureClickToPaint(stack.url, ada, small, openPage)
    return { loads, scriptKb, interaction, frames, heap, clickToOtherPaint }
  } finally {
    await browser.close()
    await stack.close()
  }
}

async function openPage(browser: Browser, url: string, person: Person, board: BenchBoard): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } })
  await context.addCookies(
    person.cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url }
    }),
  )
  await context.addInitScript(watchLoad)
  const page = await context.newPage()
  await page.goto(`/boards/${board.id}`)
  await page.waitForSelector('[data-live="live"]')
  return page
}

interface Watched {
  largest: number
  lastBusy: number
  hydrated: number
}

/** Runs in the page, from its first moment. */
function watchLoad() {
  const watched: Watched = { largest: 0, lastBusy: 0, hydrated: 0 }
  Object.assign(window, { watched })
  const watch = (type: string, see: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true })
  watch('largest-contentful-paint', ({ startTime }) => (watched.largest = startTime))
  watch('longtask', ({ startTime, duration }) => (watched.lastBusy = startTime + duration))
  const look = () => {
    // Cards can be dragged once the page is alive.
    if (document.querySelector('li[data-card][draggable="true"]')) watched.hydrated = performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** Runs in the page: what has come over the wire, compressed. */
function sumScripts() {
  const loaded = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
  const bytes = loaded.filter(({ name }) => name.endsWith('.js')).map(({ encodedBodySize }) => encodedBodySize)
  return Math.round(bytes.reduce((sum, one) => sum + one, 0) / 102.4) / 10
}

async function measureLoads(browser: Browser, url: string, person: Person, board: BenchBoard) {
  const seen: Watched[] = []
  for (let load = 0; load <= LOADS; load++) {
    const page = await openPage(browser, url, person, board)
    await delay(1_500)
    const watched = await page.evaluate(() => (window as unknown as { watched: Watched }).watched)
    // The first fills the caches of the server, not of this browser.
    if (load > 0) seen.push(watched)
    await page.context().close()
  }
  const middle = (values: number[]) => Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!)
  return {
    largestContentfulPaintMs: middle(seen.map(({ largest }) => largest)),
    interactiveMs: middle(seen.map(({ hydrated, lastBusy }) => Math.max(hydrated, lastBusy))),
  }
}

/** Frame times while a card is in the hand and two hundred facts come in each second. */
async function measureFrames(page: Page, person: Person, board: BenchBoard, seconds: number) {
  const card = await page.locator('li[data-card]').nth(2).boundingBox()
  await page.mouse.move(card!.x + 80, card!.y + 20)
  await page.mouse.down()
  await page.mouse.move(card!.x + 120, card!.y + 40)
  await page.evaluate(() => {
    const times: number[] = []
    let last = performance.now()
    const next = (now: number) => {
      times.push(now - last)
      last = now
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
    Object.assign(window, { frameTimes: times })
  })
  const writing = writeFacts(person, board, FACTS_PER_SECOND * seconds)
  const until = performance.now() + seconds * 1000
  for (let step = 0; performance.now() < until; step++) {
    await page.mouse.move(card!.x + 120 + (step % 40) * 12, card!.y + 60 + (step % 25) * 14)
    await delay(16)
  }
  const times = await page.evaluate(() => (window as unknown as { frameTimes: number[] }).frameTimes.splice(0))
  await page.keyboard.press('Escape')
  await page.mouse.up()
  const { perSecond } = await writing
  return { factsPerSecond: perSecond, frames: times.length, ...percentiles(times) }
}

async function measureHeap(page: Page, person: Person, board: BenchBoard) {
  const session = await page.context().newCDPSession(page)
  const read = async () => {
    await delay(1_000)
    for (let turn = 0; turn < 3; turn++) await session.send('HeapProfiler.collectGarbage')
    const { usedSize } = await session.send('Runtime.getHeapUsage')
    return Math.round(usedSize / 1024)
  }
  const beforeKb = await read()
  await writeFacts(person, board, HOUR_OF_FACTS)
  const afterKb = await read()
  return { facts: HOUR_OF_FACTS, beforeKb, afterKb, growthKb: afterKb - beforeKb }
}

/** Edits and moves, at a steady rate, as far as the server can follow. */
async function writeFacts(person: Person, board: BenchBoard, count: number) {
  const started = performance.now()
  const [first, second] = board.taskIds as [string[], string[]]
  const pending = new Set<Promise<unknown>>()
  for (let n = 0; n < count; n++) {
    const due = started + (n * 1000) / FACTS_PER_SECOND
    if (due > performance.now()) await delay(due - performance.now())
    while (pending.size >= 24) await Promise.race(pending)
    const id = (n % 2 ? first : second)[n % 40]!
    const write =
      n % 4 === 0
        ? call(person, `/api/tasks/${id}/position`, 'PUT', { columnId: board.columnIds[n % 8 ? 0 : 1], after: null })
        : call(person, `/api/tasks/${id}`, 'PATCH', { title: `Fact ${n} of many that come in` })
    const done = write.finally(() => pending.delete(done))
    pending.add(done)
  }
  await Promise.all(pending)
  return { perSecond: Math.round((count * 1000) / (performance.now() - started)) }
}
