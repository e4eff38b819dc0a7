import { assert, suite } from '@taskflow/tools/suite.ts'
import { de } from '../messages/de.ts'
import { en } from '../messages/en.ts'
import { refusalWords } from './refusal-words.ts'

const test = suite('what the server did not accept')

test('it is said in the language of the person, by its code', () => {
  const full = { code: 'columns.limit_reached', status: 409 }
  assert.equal(refusalWords(en, full), en.refused.codes['columns.limit_reached'])
  assert.equal(refusalWords(de, full), de.refused.codes['columns.limit_reached'])
})

test('what nobody foresaw is said by its kind, never in words of the server', () => {
  assert.equal(refusalWords(en, { code: 'reactions.not_found', status: 404 }), en.refused.gone)
  assert.equal(refusalWords(en, { code: 'quotas.boards', status: 422 }), en.refused.full)
  assert.equal(refusalWords(en, { code: 'something.new', status: 409 }), en.problem.refused)
})

test.run()
