import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { Person } from '../../../core-api/src/testing/person.ts'
import { openChromium } from './chromium.ts'
import { startStack } from './stack.ts'

const PATIENCE_MS = 30_000
const NOT_OURS = /^\[vite\]|^Service Worker registration blocked/

export type Stage = Awaited<ReturnType<typeof openStage>>

/** The running product and a browser; what any page complains about fails the test that closes it. */
export async function openStage() {
  const stack = await startStack()
  const browser = await openChromium().catch(async (error: unknown) => {
    await stack.close()
    throw error
  })
  const complaints: string[] = []
  const contexts = new Set<BrowserContext>()

  /** A browser of one's own, signed in as somebody or as nobody. */
  const openBrowser = async (person: Person | null, options: BrowserContextOptions = {}) => {
    // Without a service worker, which loads the whole build into each new browser: who tries it asks for it.
    const usual = { baseURL: stack.url, viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' } as const
    const context = await browser.newContext({ ...usual, ...options })
    contexts.add(context)
    context.setDefaultTimeout(PATIENCE_MS)
    if (person) await context.addCookies(cookiesOf(person, stack.url))
    context.on('page', (page) => listen(page, complaints))
    return context
  }

  return {
    url: stack.url,
    stack,
    browser,
    openBrowser,
    async open(person: Person | null, path: string, options?: BrowserContextOptions): Promise<Page> {
      const page = await (await openBrowser(person, options)).newPage()
      await page.goto(path)
      return page
    },
    /** Waits until the socket takes part in the person's own stream: the page is alive, and hears what happens from now on. */
    async openJoined(person: Person, path: string, options?: BrowserContextOptions): Promise<Page> {
      const page = await (await openBrowser(person, options)).newPage()
      const joined = Promise.withResolvers<void>()
      page.on('websocket', (socket) =>
        socket.on('framereceived', ({ payload }) => {
          if (String(payload).includes(`"u:${person.userId}","ok":true`)) joined.resolve()
        }),
      )
      const late = setTimeout(() => joined.reject(new Error(`${path} did not join its streams`)), 2 * PATIENCE_MS)
      await Promise.all([page.goto(path), joined.promise]).finally(() => clearTimeout(late))
      return page
    },
    /** What the pages said since last asked; a test that breaks the network on purpose takes it and looks. */
    takeComplaints: () => complaints.splice(0),
    async closeBrowsers() {
      await Promise.all([...contexts].map((context) => context.close()))
      contexts.clear()
      const said = complaints.splice(0)
      if (said.length) throw new Error(`The pages complained:\n${said.join('\n')}`)
    },
    async close() {
      await browser.close()
      await stack.close()
    },
  }
}

function listen(page: Page, complaints: string[]) {
  page.on('console', (message) => {
    if (!NOT_OURS.test(message.text())) complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`))
}

function cookiesOf({ cookie }: Person, url: string) {
  return cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url }
  })
}
