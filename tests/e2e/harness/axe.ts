import { AxeBuilder } from '@axe-core/playwright'
import { assert } from '@taskflow/tools/suite.ts'
import type { Page } from 'playwright-core'

/** axe finds nothing on the page, or in a part of it. No page of ours has frames, so axe may stay in this one. */
export async function expectNoFindings(page: Page, where: string, within?: string): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await (within ? axe.include(within) : axe).analyze()
  const said = violations.map(
    ({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join('\n')}`,
  )
  assert.deepEqual(said, [])
}

/** The same in both themes, for what is open now; to be asked for with reduced motion, so that no colour is on its way. */
export async function expectNoFindingsInBothThemes(page: Page, where: string, within?: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await wear(page, colorScheme)
    await expectNoFindings(page, `${where}, ${colorScheme}`, within)
  }
}

export async function wear(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
}
