import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createMovers } from './movers.ts'

const test = suite('cards that moved')

const fact = (id: string, fields: object = {}) =>
  ({ type: 'task.moved', data: { id }, actor: { kind: 'user', id: 'bob', name: 'Bob' }, ...fields }) as Envelope

test('a card that somebody else moved is shown with their name', () => {
  assert.deepEqual([...createMovers('me')([fact('a')])], [['a', { id: 'bob', name: 'Bob' }]])
})

test('one’s own move on another device glides without a name', () => {
  const own = fact('a', { actor: { kind: 'user', id: 'me', name: 'Me' } })
  assert.equal(createMovers('me')([own]).get('a')?.name, '')
})

test('edits do not glide, and a flood is not shown one by one, be it at once or in a second', () => {
  assert.equal(createMovers('me')([fact('a', { type: 'task.updated' })]).size, 0)
  const flood = Array.from({ length: 30 }, (_, n) => fact(`t${n}`))
  assert.equal(createMovers('me')(flood).size, 0)
  let at = 0
  const moversOf = createMovers('me', () => at)
  const shown = flood.map((one) => {
    at += 50
    return moversOf([one]).size
  })
  assert.deepEqual([shown.slice(0, 8).includes(0), shown.slice(8).includes(1)], [false, false])
  at += 1001
  assert.equal(moversOf([fact('a')]).size, 1)
})

test.run()
