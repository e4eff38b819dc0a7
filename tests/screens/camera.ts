import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Scene } from './scene.ts'
import type { Screen } from './screens.ts'

const QUALITY = 0.8
const DESK = { viewport: { width: 1440, height: 900 } }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

export const LOOKS = {
  light: { ...DESK, colorScheme: 'light' },
  dark: { ...DESK, colorScheme: 'dark' },
  phone: { ...PHONE, colorScheme: 'light' },
} satisfies Record<string, BrowserContextOptions>
export type Look = keyof typeof LOOKS

export async function openCamera(browser: Browser, scene: Scene, folder: string) {
  const darkroom = await (await browser.newContext()).newPage()

  /** Each picture has a browser of its own, so that none shows what another left behind. */
  const takeOne = async ({ name, who, path, arrange }: Screen, look: Look) => {
    const context = await browser.newContext({
      ...LOOKS[look],
      baseURL: scene.url,
      reducedMotion: 'reduce',
      ...(who && { storageState: scene.sessions[who] }),
    })
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    await page.goto(path(scene))
    await page.waitForLoadState('networkidle')
    await arrange?.(page, scene, look)
    await settle(page)
    const picture = await toWebp(darkroom, await page.screenshot({ animations: 'disabled', caret: 'hide' }))
    await context.close()
    await writeFile(join(folder, `${name}-${look}.webp`), picture)
    console.log(`${name}-${look}.webp  ${Math.ceil(picture.length / 1024)} KB`)
  }

  return {
    async take(screen: Screen) {
      for (const look of screen.looks) {
        await takeOne(screen, look).catch((error: unknown) => {
          throw new Error(`The picture ${screen.name}-${look} was not taken`, { cause: error })
        })
      }
    },
  }
}

async function settle(page: Page) {
  await page.waitForLoadState('networkidle')
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))
  })
}

/** Chromium takes pictures as PNG only, but its canvas writes WebP. */
async function toWebp(darkroom: Page, png: Buffer): Promise<Buffer> {
  const url = await darkroom.evaluate(
    async ([source, quality]) => {
      const image = new Image()
      image.src = `data:image/png;base64,${source}`
      await image.decode()
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
      canvas.getContext('2d')!.drawImage(image, 0, 0)
      return canvas.toDataURL('image/webp', quality)
    },
    [png.toString('base64'), QUALITY] as const,
  )
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}
