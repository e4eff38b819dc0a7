import { assert, suite } from '@taskflow/tools/suite.ts'
import { ApiError } from '../api.ts'
import { en } from '../messages/en.ts'
import { reasonText, toRefusal } from './refusal.ts'

const test = suite('a form that was refused')
const refusalOf = (status: number, code: string, retryAfterSeconds?: number) =>
  toRefusal(new ApiError({ status, code, message: '', retryAfterSeconds }), {})

test('a locked second factor is not taken for too many tries of everything', () => {
  const locked = refusalOf(429, 'identity.account_temporarily_locked', 900)
  assert.equal(reasonText(en, locked), en.problem.locked)
  const usedUp = refusalOf(400, 'identity.too_many_attempts_request_new_code')
  assert.equal(reasonText(en, usedUp), en.problem.codesUsedUp)
  assert.match(reasonText(en, refusalOf(429, 'request.too_many', 120))!, /2 minutes/)
})

test('an address that is taken is said at its field, what nobody foresaw by its kind', () => {
  assert.deepEqual(refusalOf(422, 'identity.user_already_exists').faults, { email: 'emailTaken' })
  assert.equal(refusalOf(502, 'gateway.unreachable').reason, 'unreachable')
  assert.equal(refusalOf(500, 'internal').reason, 'unexpected')
})

test.run()
