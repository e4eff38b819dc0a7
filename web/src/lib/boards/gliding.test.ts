import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { moversOf } from './gliding.ts'

const test = suite('cards that moved')

const fact = (id: string, fields: object = {}) =>
  ({ type: 'task.moved', data: { id }, actor: { kind: 'user', id: 'bob', name: 'Bob' }, ...fields }) as Envelope

test('a card that somebody else moved is shown with their name', () => {
  assert.deepEqual([...moversOf([fact('a')], 'me')], [['a', { id: 'bob', name: 'Bob' }]])
})

test('one’s own move on another device glides without a name', () => {
  const own = fact('a', { actor: { kind: 'user', id: 'me', name: 'Me' } })
  assert.equal(moversOf([own], 'me').get('a')?.name, '')
})

test('edits do not glide, and a flood is not shown one by one', () => {
  assert.equal(moversOf([fact('a', { type: 'task.updated' })], 'me').size, 0)
  const flood = Array.from({ length: 30 }, (_, n) => fact(`t${n}`))
  assert.equal(moversOf(flood, 'me').size, 0)
})

test.run()
