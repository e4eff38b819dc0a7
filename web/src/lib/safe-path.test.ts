import { assert, suite } from '@taskflow/tools/suite.ts'
import { safePath } from './safe-path.ts'

const test = suite('the way back after sign-in')

test('a path on this site is kept, with its query', () => {
  assert.equal(safePath('/boards/1?task=2#c'), '/boards/1?task=2#c')
})

test('everything that leads to another site becomes home', () => {
  for (const next of [
    '//evil.test',
    '/\\evil.test',
    'https://evil.test',
    'javascript:alert(1)',
    '/\t/evil.test',
    '',
    null,
  ])
    assert.equal(safePath(next), '/')
})

test.run()
