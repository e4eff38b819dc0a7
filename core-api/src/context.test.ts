import { setImmediate as turn } from 'node:timers/promises'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { enterLane, write, type WriteCtx } from './context.ts'
import { systemAnywhere } from './jobs/system-actor.ts'
import { createTestApp, type TestApp } from './testing/app.ts'

const test = suite('an act that has failed')
let app: TestApp

test.before(async () => void (app = await createTestApp()))
test.after(() => app.close())

const failWith = (change: (ctx: WriteCtx) => void) =>
  assert.rejects(
    write(app.deps, { actor: systemAnywhere }, async (ctx) => {
      change(ctx)
      throw new Error('refused')
    }),
    /refused/,
  )

test('says nothing more on its connection, which may be somebody else’s by then', async () => {
  const gate = Promise.withResolvers<void>()
  let straggler: Promise<unknown> | undefined
  await failWith(({ tx }) => (straggler = gate.promise.then(() => tx.sql('select 1'))))
  gate.resolve()
  await assert.rejects(straggler!, /The transaction is over/)
})

test('makes way at once in the lane that it is let into too late', async () => {
  const stream = `b:${newId()}`
  const { lanes } = app.deps
  const inside = [await lanes.enter(stream), await lanes.enter(stream)]
  let late: Promise<void> | undefined
  await failWith((ctx) => (late = enterLane(ctx, stream)))
  for (const leave of inside) leave()
  await late
  const both = Promise.all([lanes.enter(stream), lanes.enter(stream)]).then(() => 'free')
  assert.equal(await Promise.race([both, turn('taken')]), 'free')
})

test.run()
