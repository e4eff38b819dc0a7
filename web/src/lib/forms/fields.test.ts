import { assert, suite } from '@taskflow/tools/suite.ts'
import { readFields } from './fields.ts'

const test = suite('reading a sign-in form')

function form(values: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(values)) data.set(name, value)
  return data
}

test('an empty field is named, and what was typed elsewhere is kept', () => {
  const { refusal } = readFields(form({ email: ' ada@example.com ', password: '' }), ['email', 'password'])
  assert.deepEqual(refusal, { values: { email: 'ada@example.com' }, faults: { password: 'required' } })
})

test('an address without a host is refused before the server sees it', () => {
  assert.equal(readFields(form({ email: 'ada@' }), ['email']).refusal?.faults.email, 'emailShape')
})

test('a password is passed on unmodified and never sent back', () => {
  const { values, kept } = readFields(form({ newPassword: '  two spaces  ' }), ['newPassword'])
  assert.equal(values.newPassword, '  two spaces  ')
  assert.deepEqual(kept, {})
})

test('a new password has 8 to 128 characters; an old one may have any length', () => {
  assert.equal(readFields(form({ newPassword: 'short' }), ['newPassword']).refusal?.faults.newPassword, 'passwordShort')
  assert.equal(
    readFields(form({ newPassword: 'x'.repeat(129) }), ['newPassword']).refusal?.faults.newPassword,
    'passwordLong',
  )
  assert.equal(readFields(form({ password: 'short' }), ['password']).refusal, undefined)
})

test.run()
