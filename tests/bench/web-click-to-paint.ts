import type { Browser, Page } from 'playwright-core'
import type { Person } from '../../core-api/src/testing/person.ts'
import { openChromium } from '../e2e/harness/chromium.ts'
import { percentiles } from './load.ts'
import type { BenchBoard } from './team.ts'

const MOVES = 100

type Open = (browser: Browser, url: string, person: Person, board: BenchBoard) => Promise<Page>
type Clicked = { clickedAt: number }
type Painted = { paintedAt: Promise<number> }

/** From a click in one browser to the paint of the moved card in another, each a process of its own. */
export async function measureClickToPaint(url: string, person: Person, board: BenchBoard, open: Open) {
  const browsers = await Promise.all([openChromium(), openChromium()])
  try {
    const [a, b] = await Promise.all(browsers.map((browser) => open(browser, url, person, board)))
    const id = board.taskIds[0]![0]!
    await a!.evaluate(() =>
      addEventListener(
        'click',
        ({ timeStamp }) => Object.assign(window, { clickedAt: performance.timeOrigin + timeStamp }),
        { capture: true },
      ),
    )
    const times: number[] = []
    for (let move = 0; move < MOVES; move++) times.push(await moveOnce(a!, b!, id, board.columnIds[(move + 1) % 2]!))
    return { moves: MOVES, ...percentiles(times) }
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()))
  }
}

async function moveOnce(a: Page, b: Page, id: string, columnId: string): Promise<number> {
  await b.evaluate(
    ([cardId, column]) => {
      const isThere = () => document.querySelector(`[data-column="${column}"] li[data-card="${cardId}"]`)
      const paintedAt = new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!isThere()) return
          observer.disconnect()
          // The board changes in a frame's own callbacks: the first task afterwards comes when it has been drawn.
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => resolve(performance.timeOrigin + performance.now())
          port2.postMessage(0)
        })
        observer.observe(document.body, { childList: true, subtree: true })
      })
      Object.assign(window, { paintedAt })
    },
    [id, columnId],
  )
  await a.locator(`#card-${id}`).focus()
  await a.keyboard.press('m')
  await a.locator(`[role=option][id$="${columnId}"]`).click()
  const paintedAt = await b.evaluate(() => (window as unknown as Painted).paintedAt)
  const clickedAt = await a.evaluate(() => (window as unknown as Clicked).clickedAt)
  return paintedAt - clickedAt
}
