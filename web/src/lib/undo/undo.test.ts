import { assert, suite } from '@taskflow/tools/suite.ts'
import type { Outcome } from '@taskflow/shared/sync/write.ts'
import { Undo } from './undo.ts'

const test = suite('undo')

function setUp() {
  const said: string[] = []
  const log: string[] = []
  const undo = new Undo(({ text }) => {
    said.push(text)
    return () => said.splice(said.indexOf(text), 1)
  })
  const did = (text: string, outcome = new Promise<Outcome>(() => {})) =>
    undo.did({ text, outcome, undo: () => log.push(text), isTold: true })
  return { said, log, undo, did }
}

test('the newest act is taken back first, each once', () => {
  const { log, undo, did } = setUp()
  did('one')
  did('two')
  undo.last()
  undo.last()
  assert.equal(undo.last(), undefined)
  assert.deepEqual(log, ['two', 'one'])
})

test('what was taken back by its key offers no second way back', () => {
  const { said, undo, did } = setUp()
  did('one')
  did('two')
  undo.last()
  assert.deepEqual(said, ['one'])
})

test('what was refused is neither undone nor said any longer', async () => {
  const { said, log, undo, did } = setUp()
  did('one', Promise.resolve({ kind: 'refused' } as Outcome))
  await Promise.resolve()
  undo.last()
  assert.deepEqual([said, log], [[], []])
})
