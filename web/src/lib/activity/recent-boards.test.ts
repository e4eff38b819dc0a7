import { assert, suite } from '@taskflow/tools/suite.ts'
import { readRecent, withRecent } from './recent-boards.ts'

const test = suite('boards opened lately')

test('the latest comes first, each once, and only a few are kept', () => {
  const opened = ['one', 'two', 'three', 'four', 'two', 'five']
  const cookie = opened.reduce((known, id) => withRecent(readRecent(known), id), '')
  assert.deepEqual(readRecent(cookie), ['five', 'two', 'four', 'three'])
})

test('no cookie is no board', () => {
  assert.deepEqual(readRecent(undefined), [])
})

test.run()
