import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { readFolded, shortOf, withToggled } from './folding.ts'

const test = suite('folded columns')

test('a column folds, survives the cookie, and unfolds', () => {
  const [todo, doing] = [newId(), newId()]
  const cookie = withToggled(withToggled([], todo), doing).join('.')
  assert.deepEqual(readFolded(cookie), [shortOf(doing), shortOf(todo)])
  assert.deepEqual(withToggled(readFolded(cookie), todo), [shortOf(doing)])
  assert.deepEqual(readFolded(undefined), [])
})

test('however many there are, the cookie stays small', () => {
  const many = Array.from({ length: 200 }, () => newId()).reduce<string[]>(withToggled, [])
  assert.ok(many.join('.').length < 1_000)
})

test.run()
