import { assert, suite } from '@taskflow/tools/suite.ts'
import { callBefore, isAddress, link, matchPeople, nextLine, prefix, type Selected, wrap } from './formatting.ts'

const test = suite('formatting')

/** `a [b] c` is the text `a b c` with b selected; `|` is the cursor. */
const at = (text: string): Selected => {
  const start = text.search(/[[|]/)
  const end = text.includes(']') ? text.indexOf(']') - 1 : start
  return { text: text.replace(/[[\]|]/g, ''), start, end }
}

test('signs go around the selection and come off again', () => {
  const bold = wrap(at('a [b] c'), '**')
  assert.deepEqual(bold, { text: 'a **b** c', start: 4, end: 5 })
  assert.deepEqual(wrap(bold, '**'), at('a [b] c'))
})

test('lines get a sign, another one, and lose it', () => {
  const list = prefix(at('[one\ntwo]'), '- ')
  assert.equal(list.text, '- one\n- two')
  assert.equal(prefix(list, '- [ ] ').text, '- [ ] one\n- [ ] two')
  assert.equal(prefix(list, '- ').text, 'one\ntwo')
  assert.deepEqual(prefix(at('one|'), '- '), { text: '- one', start: 5, end: 5 })
})

test('a link waits for its address or for its text', () => {
  assert.deepEqual(link(at('see [this]')), { text: 'see [this]()', start: 11, end: 11 })
  assert.deepEqual(link(at('see |')), { text: 'see []()', start: 5, end: 5 })
  assert.equal(link(at('see [this]'), 'https://a.example').text, 'see [this](https://a.example)')
  assert.ok(isAddress('https://a.example/x?y=1') && !isAddress('see https://a.example') && !isAddress('javascript:x'))
})

test('Enter goes on with a list, and ends it on an empty item', () => {
  const end = (text: string): Selected => ({ text, start: text.length, end: text.length })
  assert.equal(nextLine(end('- one'))?.text, '- one\n- ')
  assert.equal(nextLine(end('  9. one'))?.text, '  9. one\n  10. ')
  assert.equal(nextLine(end('- [x] one'))?.text, '- [x] one\n- [ ] ')
  assert.equal(nextLine(end('- one\n- '))?.text, '- one\n')
  assert.equal(nextLine(end('plain')), null)
})

test('a name is being typed after an @ that begins a word', () => {
  assert.deepEqual(callBefore('Hi @ad', 6), { from: 3, query: 'ad' })
  assert.deepEqual(callBefore('@Ada B', 6), { from: 0, query: 'Ada B' })
  assert.equal(callBefore('me@ad', 5), null)
  assert.equal(callBefore('Hi @ad more words here', 22), null)
})

test('people are found by any of their names', () => {
  const people = [{ name: 'Ben Adler' }, { name: 'Ada Berg' }, { name: 'Eve' }]
  assert.deepEqual(
    matchPeople(people, 'ad').map(({ name }) => name),
    ['Ada Berg', 'Ben Adler'],
  )
  assert.equal(matchPeople(people, '').length, 3)
})

test.run()
