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
