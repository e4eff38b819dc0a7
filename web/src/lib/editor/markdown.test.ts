import { assert, suite } from '@taskflow/tools/suite.ts'
import { boxesOf, callNames, decode, isUploaded, parse, safeHref, splitCalls } from './markdown.ts'
import { findBox, tick } from './ticking.ts'

const test = suite('markdown')

test('links lead to the web, to mail and to this site, and run nothing', () => {
  assert.deepEqual(safeHref('https://example.org/a'), { href: 'https://example.org/a', isOutside: true })
  assert.deepEqual(safeHref('/boards/1'), { href: '/boards/1', isOutside: false })
  assert.equal(safeHref('mailto:ada@example.org')?.isOutside, true)
  for (const bad of [
    'javascript:alert(1)',
    ' JaVaScript:x',
    'java&#115;cript:x',
    'data:text/html,x',
    '//evil.example',
    '/\\evil',
    'vbscript:x',
  ]) {
    assert.equal(safeHref(bad), null, bad)
  }
})

test('only images that were uploaded here are loaded', () => {
  assert.ok(isUploaded('/api/attachments/0199aaaa-0000-7000-8000-000000000001'))
  for (const bad of [
    'https://evil.example/x.png',
    '//evil.example/x',
    '/api/attachments/../me',
    '/api/boards/1/export',
  ]) {
    assert.ok(!isUploaded(bad), bad)
  }
})

test('character references are read once', () => {
  assert.equal(decode('a &lt;b&gt; &amp;amp; &#65;&#x42; &unknown; &#0;'), 'a <b> &amp; AB &unknown; &#0;')
})

test('a mention by link is a piece of its own', () => {
  const [paragraph] = parse('Hi @[Ada](user:0199aaaa-0000-7000-8000-000000000001)!').blocks
  assert.ok(paragraph?.type === 'paragraph')
  assert.deepEqual(
    paragraph.tokens.map(({ type }) => type),
    ['text', 'mention', 'text'],
  )
})

test('headings go down one level at a time', () => {
  const { blocks, levels } = parse('### Deep\n\n# High\n\n### Deep again')
  assert.deepEqual(
    blocks.flatMap((block) => levels.get(block) ?? []),
    [4, 4, 5],
  )
})

test('names are called whole or by the first, if only one has it; never inside a word or an address', () => {
  const names = callNames([{ name: 'Ada Berg' }, { name: 'Ben Costa' }, { name: 'Ben Dorn' }])
  assert.deepEqual(names, ['Ben Costa', 'Ada Berg', 'Ben Dorn', 'Ada'])
  const called = (text: string) => splitCalls(text, names).flatMap((part) => (part.isCalled ? part.text : []))
  assert.deepEqual(called('@ada and @Ben Costa, not @Ben or me@Ada or @Adam'), ['@ada', '@Ben Costa'])
  assert.equal(
    splitCalls('x @Ada y', names)
      .map(({ text }) => text)
      .join(''),
    'x @Ada y',
  )
})

const LIST = ['- [ ] One', '- [x] Two', '', '```', '- [ ] In code', '```', '', '> 1. [ ] Quoted', '', '- [ ] One'].join(
  '\n',
)

test('one box is ticked, whatever looks like a box elsewhere', () => {
  assert.deepEqual(
    boxesOf(LIST).map(({ isTicked }) => isTicked),
    [false, true, false, false],
  )
  assert.equal(tick(LIST, 0, true), LIST.replace('[ ] One', '[x] One'))
  assert.equal(tick(LIST, 1, false), LIST.replace('[x] Two', '[ ] Two'))
  assert.equal(tick(LIST, 2, true), LIST.replace('[ ] Quoted', '[x] Quoted'))
  assert.equal(tick(LIST, 3, true), LIST.slice(0, -7) + '[x] One')
  assert.equal(tick(LIST, 1, true), LIST)
  assert.equal(tick(LIST, 9, true), null)
})

test('a box is found again in a changed text, the nearest of equal ones', () => {
  assert.equal(findBox(`- [ ] New\n${LIST}`, 'One', 3), 4)
  assert.equal(findBox(`- [ ] New\n${LIST}`, 'Two', 1), 2)
  assert.equal(findBox(LIST, 'Gone', 0), -1)
})

test.run()
