import { assert, suite } from '@taskflow/tools/suite.ts'
import { read } from '../context.ts'
import { systemAnywhere } from '../jobs/system-actor.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'

const test = suite('statements of a transaction')
let app: TestApp

test.before(async () => void (app = await createTestApp({ DATABASE_POOL: '1' })))
test.after(() => app.close())

test('are prepared by a name, but only so many: each stays in the memory of its connection', async () => {
  const texts = Array.from({ length: 700 }, (_, i) => `select ${i} as n`)
  const { rows, prepared } = await read(app.deps, systemAnywhere, async ({ tx }) => {
    const rows = await Promise.all(texts.map((text) => tx.sql<{ n: number }>(text)))
    const [row] = await tx.sql<{ count: number }>('select count(*)::int as count from pg_prepared_statements')
    return { rows, prepared: row!.count }
  })
  assert.deepEqual(
    rows.map(([row]) => row!.n),
    texts.map((_, i) => i),
  )
  assert.ok(prepared > 100 && prepared <= 550, `${prepared} prepared statements`)
})

test.run()
