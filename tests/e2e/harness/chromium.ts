import { findOnPath } from '@taskflow/tools/redis.ts'
import { type Browser, chromium } from 'playwright-core'

export const CHROMIUM = findOnPath('chromium') ?? findOnPath('chromium-browser') ?? findOnPath('google-chrome')

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
