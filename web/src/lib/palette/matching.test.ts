import { assert, suite } from '@taskflow/tools/suite.ts'
import { bestOf, scoreOf } from './matching.ts'

const test = suite('what the palette finds')

const names = (found: { name: string }[]) => found.map(({ name }) => name)
const all = ['Fix login', 'Login page', 'A blog in German', 'Export'].map((name) => ({ name }))

test('names that begin with what is typed come first, then words, then anything that holds it', () => {
  assert.deepEqual(names(bestOf(all, 'log', 9)), ['Login page', 'Fix login', 'A blog in German'])
})

test('every word must be found', () => {
  assert.deepEqual(names(bestOf(all, 'fix log', 9)), ['Fix login'])
  assert.equal(scoreOf('Fix login', 'fix export'), 0)
})

test('a number finds its task', () => {
  assert.deepEqual(names(bestOf([{ name: 'Fix login', hint: 'WEB-42' }], 'web-42', 9)), ['Fix login'])
})

test('nothing typed finds everything, up to the most that is asked for', () => {
  assert.equal(bestOf(all, '', 2).length, 2)
})

test.run()
