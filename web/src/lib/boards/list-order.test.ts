import type { TaskCard } from '@taskflow/shared/dto/task.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { LIST_COLUMNS, type ListOrder, readOrder, sortCards, writeOrder } from './list-order.ts'

const test = suite('the order of the list')

const due = (date: string) => ({ date, time: null, zone: null, at: null })
const cards = [
  { number: 3, title: 'b', priority: 'low', due: due('2026-11-22'), columnId: 'y' },
  { number: 1, title: 'A10', priority: 'high', due: null, columnId: 'x' },
  { number: 2, title: 'a9', priority: 'high', due: due('2026-11-21'), columnId: 'y' },
] as TaskCard[]
const ranks: Record<string, number> = { x: 0, y: 1 }
const numbers = (order: ListOrder) =>
  sortCards(cards, order, { columnRank: (id) => ranks[id]!, zone: 'UTC' }).map(({ number }) => number)

test('titles are compared as people do, with the numbers in them', () => {
  assert.deepEqual(numbers({ by: 'title', isDown: false }), [2, 1, 3])
})

test('the most urgent come first, equal ones by number', () => {
  assert.deepEqual(numbers({ by: 'priority', isDown: false }), [1, 2, 3])
  assert.deepEqual(numbers({ by: 'column', isDown: true }), [2, 3, 1])
})

test('what has no date is last, whichever way', () => {
  assert.deepEqual(numbers({ by: 'due', isDown: false }), [2, 3, 1])
  assert.deepEqual(numbers({ by: 'due', isDown: true }), [3, 2, 1])
})

test('an order survives the address, and what else stands there stays', () => {
  for (const by of LIST_COLUMNS) {
    for (const isDown of [false, true]) {
      const params = writeOrder('?view=list&mine=1', { by, isDown })
      assert.deepEqual(readOrder(`?${params}`), { by, isDown })
      assert.equal(params.get('mine'), '1')
    }
  }
  assert.equal(writeOrder('?view=list&sort=-due', { by: 'column', isDown: false }).toString(), 'view=list')
  assert.deepEqual(readOrder('?sort=nonsense'), { by: 'column', isDown: false })
})

test.run()
