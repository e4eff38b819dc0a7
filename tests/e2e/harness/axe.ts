import { AxeBuilder } from '@axe-core/playwright'
import { assert } from '@taskflow/tools/suite.ts'
import type { Page } from 'playwright-core'
import { eventually } from './boards.ts'

const SETTLED_WITHIN_MS = 3_000

/**
 * axe finds nothing that lasts on the page, or in a part of it: a colour on its way is no finding. No page of ours has
 * frames, so axe may stay in this one.
 */
export async function expectNoFindings(page: Page, where: string, within?: string): Promise<void> {
  await eventually(async () => assert.deepEqual(await findingsOn(page, where, within), []), SETTLED_WITHIN_MS)
}

async function findingsOn(page: Page, where: string, within?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await (within ? axe.include(within) : axe).analyze()
  return violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join('\n')}`)
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
