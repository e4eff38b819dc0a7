import { assert, suite } from '@taskflow/tools/suite.ts'
import { Drafts } from './drafts.ts'
import { forgetDrafts } from './stored-drafts.ts'

const test = suite('drafts')

function memory(room = Infinity) {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, text: string) {
      if (kept.size >= room && !kept.has(key)) throw new Error('No room')
      kept.set(key, text)
    },
    removeItem: (key: string) => void kept.delete(key),
    key: (at: number) => [...kept.keys()][at] ?? null,
    get length() {
      return kept.size
    },
  }
}

const draft = (text: string, at = 1) => ({ text, base: { text: '', version: 0 }, at })

test('a draft is there for the next page, and only for its writer', () => {
  const store = memory()
  const drafts = new Drafts(store, 'ada')
  drafts.put('1:title', draft('Half a'))
  assert.equal(drafts.get('1:title')?.text, 'Half a')
  drafts.flush()
  assert.equal(new Drafts(store, 'ada').get('1:title')?.text, 'Half a')
  assert.equal(new Drafts(store, 'bob').get('1:title'), null)
  drafts.drop('1:title')
  assert.equal(store.length, 0)
})

test('without room the oldest goes', () => {
  const store = memory(2)
  const drafts = new Drafts(store, 'ada')
  for (const [field, at] of [
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ] as const) {
    drafts.put(field, draft(field, at))
    drafts.flush()
  }
  assert.deepEqual([...store.kept.keys()], ['draft:ada:b', 'draft:ada:c'])
})

test('what is broken counts as nothing', () => {
  const store = memory()
  store.setItem('draft:ada:x', '{"text":1}')
  store.setItem('draft:ada:y', 'not JSON')
  const drafts = new Drafts(store, 'ada')
  assert.deepEqual([drafts.get('x'), drafts.get('y')], [null, null])
})

test('signing out leaves nothing of that person, and everything else', () => {
  const store = memory()
  for (const id of ['ada', 'bob']) {
    const drafts = new Drafts(store, id)
    drafts.put('x', draft('x'))
    drafts.flush()
  }
  store.setItem('theme', 'dark')
  forgetDrafts(store, 'ada')
  assert.deepEqual([...store.kept.keys()], ['draft:bob:x', 'theme'])
})

test('what was refused is given back: a new text below what was typed since, an edit unless there is a newer one', () => {
  const store = memory()
  const drafts = new Drafts(store, 'ada')
  const shown: string[] = []
  const stop = drafts.onBack('new', ({ text }) => void shown.push(text))
  drafts.giveBack({ field: 'new', text: 'One' })
  drafts.giveBack({ field: 'new', text: 'Two' })
  stop()
  drafts.giveBack({ field: 'new', text: 'Three' })
  assert.deepEqual(shown, ['One', 'One\nTwo'])
  drafts.giveBack({ field: 'title', text: 'Mine', original: 'Old' })
  drafts.giveBack({ field: 'title', text: 'Earlier', original: 'Old' })
  const { text, base } = drafts.get('title')!
  assert.deepEqual([text, base.text], ['Mine', 'Old'])
  assert.equal(new Drafts(store, 'ada').get('new')?.text, 'One\nTwo\nThree')
})

test.run()
