import { en } from '#lib/messages/en.ts'
import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { alertWords, toAlert } from './alerting.ts'

const test = suite('what is announced at once')

const at = '2026-11-20T12:00:00.000Z'
const now = Date.parse(at) + 1_000
const fact = (changes: object = {}, type = 'notification.created') =>
  ({
    type,
    at,
    data: {
      reason: 'assigned',
      key: 'WEB-1',
      title: 'Fix login',
      actors: [{ name: 'Ada' }],
      readAt: null,
      latest: { type: 'task.updated' },
      ...changes,
    },
  }) as Envelope

test('an assignment is announced with who and what', () => {
  assert.equal(alertWords(toAlert(fact(), now)!, en.alerts), 'Ada assigned WEB-1 Fix login to you')
})

test('a comment on an assigned task is no second assignment, and no alert', () => {
  assert.equal(toAlert(fact({ latest: { type: 'comment.created' } }), now), null)
})

test('that the words of a comment are gone is no alert', () => {
  const mentioned = { reason: 'mentioned', latest: { type: 'comment.created', excerpt: 'Look' } }
  assert.ok(toAlert(fact(mentioned), now))
  assert.equal(toAlert(fact({ ...mentioned, latest: { type: 'comment.created', excerpt: null } }), now), null)
})

test('what falls due is announced as that, whatever it was told for before', () => {
  const row = toAlert(fact({ latest: { type: 'task.overdue' } }), now)!
  assert.equal(alertWords(row, en.alerts), 'WEB-1 Fix login is overdue')
})

test('what was caught up with after an absence is for the inbox alone', () => {
  assert.equal(toAlert(fact(), now + 120_000), null)
  assert.equal(toAlert(fact({}, 'notification.read'), now), null)
})

test.run()
