import { assert, suite } from '@taskflow/tools/suite.ts'
import { linesAgainst, mergeTexts } from './merge-texts.ts'
import { begin, hear, isChanged, keepMine, mergeBoth, takeTheirs } from './text-edit.ts'

const test = suite('a text that two people edit')

const BOB = { name: 'Bob', isMe: false }
const EVE = { name: 'Eve', isMe: false }
const at = (version: number, text: string) => ({ text, version })
const typed = (text: string) => ({ ...begin(at(1, 'One\nTwo')), mine: text })

test('whoever has typed nothing sees the other’s change', () => {
  assert.deepEqual(hear(begin(at(1, 'One')), at(2, 'Two'), BOB), begin(at(2, 'Two')))
})

test('whoever has typed keeps it, beside what came', () => {
  const both = hear(typed('Mine'), at(2, 'Theirs'), BOB)
  assert.equal(both.mine, 'Mine')
  assert.deepEqual(both.theirs, { text: 'Theirs', version: 2, by: BOB })
  assert.ok(isChanged(both))
  assert.deepEqual(hear(both, at(3, 'Newer'), EVE).theirs, { text: 'Newer', version: 3, by: EVE })
})

test('other changes of the task, older facts and the same words are no conflict', () => {
  assert.deepEqual(hear(typed('Mine'), at(5, 'One\nTwo'), BOB), { ...typed('Mine'), base: at(5, 'One\nTwo') })
  assert.equal(hear(typed('Mine'), at(1, 'One'), BOB).theirs, null)
  assert.ok(!isChanged(hear(typed('Same'), at(2, 'Same'), BOB)))
})

test('one decides: mine, theirs, or both', () => {
  const both = hear(typed('One\nTwo\nMine'), at(2, 'Zero\nOne\nTwo'), BOB)
  assert.deepEqual(keepMine(both), {
    base: { text: 'Zero\nOne\nTwo', version: 2, by: BOB },
    mine: both.mine,
    theirs: null,
  })
  assert.equal(takeTheirs(both).mine, 'Zero\nOne\nTwo')
  assert.equal(mergeBoth(both).mine, 'Zero\nOne\nTwo\nMine')
})

test('a draft goes on where it was left, also over a text that changed since', () => {
  const draft = { text: 'Mine', base: at(1, 'One'), at: 0 }
  assert.deepEqual(begin(at(4, 'One'), draft), { base: at(4, 'One'), mine: 'Mine', theirs: null })
  assert.deepEqual(begin(at(4, 'Other'), draft, BOB).theirs, { ...at(4, 'Other'), by: BOB })
  assert.ok(!isChanged(begin(at(4, 'Mine'), draft)))
})

test('changes in different places merge without loss; in the same place both stay', () => {
  assert.deepEqual(mergeTexts('a\nb\nc\nd', 'A\nb\nc\nd', 'a\nb\nc\nD'), { text: 'A\nb\nc\nD', isClean: true })
  assert.deepEqual(mergeTexts('a\nb\nc', 'a\nmine\nc', 'a\ntheirs\nc'), { text: 'a\nmine\ntheirs\nc', isClean: false })
  assert.deepEqual(mergeTexts('a', 'a\nsame', 'a\nsame'), { text: 'a\nsame', isClean: true })
  assert.deepEqual(mergeTexts('a\nb\nc', 'a\nc', 'a\nb\nc\nd'), { text: 'a\nc\nd', isClean: true })
  assert.deepEqual(mergeTexts('', 'mine', 'theirs'), { text: 'mine\ntheirs', isClean: false })
})

test('the lines that differ are known', () => {
  assert.deepEqual(
    linesAgainst('a\nb\nc', 'a\nx\nc').map(({ isNew }) => isNew),
    [false, true, false],
  )
})

test.run()
