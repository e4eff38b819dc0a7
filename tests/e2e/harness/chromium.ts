import { findOnPath } from '@taskflow/tools/redis.ts'
import { type Browser, chromium } from 'playwright-core'

/** The one without a window first: the same engine, for half the processor time. */
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']
export const CHROMIUM = NAMES.map((name) => findOnPath(name)).find((path) => path !== undefined)

/** For a suite of browser tests. */
export const NO_BROWSER = CHROMIUM ? undefined : 'no Chromium on the PATH'

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

export function openChromium(args: string[] = []): Promise<Browser> {
  if (!CHROMIUM) throw new Error('There is no Chromium on the PATH: install the package chromium')
  return chromium.launch({ executablePath: CHROMIUM, args: [...QUIET, ...args] })
}
