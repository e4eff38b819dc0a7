import type { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { groupByDue } from './grouping.ts'

const test = suite('my tasks by when they want doing')

const now = { zone: 'UTC', today: '2026-11-20', iso: '2026-11-20T12:00:00.000Z' }

function task(id: string, date: string | null, time: string | null = null, priority = 'none'): ListedTask {
  const due = date && { date, time, zone: time && 'UTC', at: time && `${date}T${time}:00.000Z` }
  return { id, due, priority } as ListedTask
}

const idsOf = (tasks: ListedTask[]) =>
  groupByDue(tasks, now).map(({ group, tasks: own }) => [group, own.map(({ id }) => id).join()])

test('a day is overdue when it is over, a time when it has passed', () => {
  const tasks = [
    task('yesterday', '2026-11-19'),
    task('today', '2026-11-20'),
    task('eleven', '2026-11-20', '11:00'),
    task('one', '2026-11-20', '13:00'),
  ]
  assert.deepEqual(idsOf(tasks), [
    ['overdue', 'yesterday,eleven'],
    ['today', 'one,today'],
  ])
})

test('a week ahead is soon, more is later, and what has no date comes last', () => {
  const tasks = [task('never', null), task('later', '2026-11-28'), task('soon', '2026-11-27')]
  assert.deepEqual(idsOf(tasks), [
    ['soon', 'soon'],
    ['later', 'later'],
    ['undated', 'never'],
  ])
})

test('a time belongs to the day that it is where the person is', () => {
  const due = { date: '2026-11-21', time: '01:00', zone: 'Asia/Tokyo', at: '2026-11-20T16:00:00.000Z' }
  const late = { ...task('late', null), due } as ListedTask
  assert.deepEqual(idsOf([task('evening', '2026-11-20', '18:00'), late]), [['today', 'late,evening']])
})

test('at the same time the more urgent comes first', () => {
  const tasks = [task('a', '2026-11-21'), task('b', '2026-11-21', null, 'high'), task('c', '2026-11-21', null, 'low')]
  assert.deepEqual(idsOf(tasks), [['soon', 'b,c,a']])
})

test.run()
