import { assert, suite } from '@taskflow/tools/suite.ts'
import type { Outcome } from '@taskflow/shared/sync/write.ts'
import { Undo, type Undoable } from './undo.ts'

const test = suite('undo')

function setUp() {
  let said: string | null = null
  const log: string[] = []
  const undo = new Undo(({ text }) => {
    said = text
    return () => (said = null)
  })
  const did = (text: string, options: Partial<Undoable> = {}) =>
    undo.did({ text, outcome: new Promise(() => {}), undo: () => log.push(text), ...options })
  return { said: () => said, log, undo, did }
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

test('only the newest act is told, and not after it was taken back', () => {
  const { said, undo, did } = setUp()
  did('one')
  did('two')
  assert.equal(said(), 'two')
  undo.last()
  assert.equal(said(), null)
})

test('what is done quietly is taken back in its turn, and leaves what was told', () => {
  const { said, log, undo, did } = setUp()
  did('one')
  did('two', { isQuiet: true })
  undo.last()
  assert.deepEqual([said(), log], ['one', ['two']])
})

test('what was refused is neither undone nor said any longer', async () => {
  const { said, log, undo, did } = setUp()
  did('one', { outcome: Promise.resolve({ kind: 'refused' } as Outcome) })
  await Promise.resolve()
  undo.last()
  assert.deepEqual([said(), log], [null, []])
})
