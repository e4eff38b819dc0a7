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

const tab = (id: string, living: string[] | null = []) => ({
  id,
  listLiving: async () => living && new Set(living),
})
const draft = (text: string, at = 1) => ({ text, base: { text: '', version: 0 }, at })

test('a draft is there for the next page, and only for its writer', () => {
  const store = memory()
  const drafts = new Drafts(store, 'ada', tab('1'))
  drafts.put('1:title', draft('Half a'))
  assert.equal(drafts.get('1:title')?.text, 'Half a')
  drafts.flush()
  assert.equal(new Drafts(store, 'ada', tab('1')).get('1:title')?.text, 'Half a')
  assert.equal(new Drafts(store, 'bob', tab('1')).get('1:title'), null)
  drafts.drop('1:title')
  assert.equal(store.length, 0)
})

test('without room the oldest goes', () => {
  const store = memory(2)
  const drafts = new Drafts(store, 'ada', tab('1'))
  for (const [field, at] of [
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ] as const) {
    drafts.put(field, draft(field, at))
    drafts.flush()
  }
  assert.deepEqual([...store.kept.keys()], ['draft:ada:b@1', 'draft:ada:c@1'])
})

test('what is broken counts as nothing', () => {
  const store = memory()
  store.setItem('draft:ada:x@1', '{"text":1}')
  store.setItem('draft:ada:y@1', 'not JSON')
  const drafts = new Drafts(store, 'ada', tab('1'))
  assert.deepEqual([drafts.get('x'), drafts.get('y')], [null, null])
})

test('signing out leaves nothing of that person, and everything else', () => {
  const store = memory()
  for (const id of ['ada', 'bob']) {
    const drafts = new Drafts(store, id, tab('1'))
    drafts.put('x', draft('x'))
    drafts.flush()
  }
  store.setItem('theme', 'dark')
  forgetDrafts(store, 'ada')
  assert.deepEqual([...store.kept.keys()], ['draft:bob:x@1', 'theme'])
})

test('what was refused is given back: a new text below what was typed since, an edit unless there is a newer one', () => {
  const store = memory()
  const drafts = new Drafts(store, 'ada', tab('1'))
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
  assert.equal(new Drafts(store, 'ada', tab('1')).get('new')?.text, 'One\nTwo\nThree')
})

/** Opens a field in a tab; answers what is handed to it. */
async function open(drafts: Drafts, field: string): Promise<string[]> {
  const shown: string[] = []
  drafts.onBack(field, ({ text }) => void shown.push(text))
  await new Promise(setImmediate)
  return shown
}

test('two tabs that live keep their texts of one field apart', async () => {
  const store = memory()
  const first = new Drafts(store, 'ada', tab('1', ['1', '2']))
  const second = new Drafts(store, 'ada', tab('2', ['1', '2']))
  first.keep('x', 'Long')
  first.flush()
  assert.deepEqual([second.get('x'), await open(second, 'x')], [null, []])
  second.keep('x', 'b')
  second.flush()
  second.drop('x')
  assert.equal(new Drafts(store, 'ada', tab('1')).get('x')?.text, 'Long')
})

test('of what tabs left behind that are gone, each opening of the field takes one, the newest first', async () => {
  const store = memory()
  for (const [id, at] of [
    ['1', 1],
    ['2', 2],
    ['3', 3],
  ] as const) {
    const drafts = new Drafts(store, 'ada', tab(id))
    drafts.put('x', draft(`Of ${id}`, at))
    drafts.put('x:other', draft('Other'))
    drafts.flush()
  }
  const here = new Drafts(store, 'ada', tab('4', ['3', '4']))
  assert.deepEqual(await open(here, 'x'), ['Of 2'])
  assert.equal(here.get('x')?.text, 'Of 2')
  assert.deepEqual(await open(here, 'x'), [], 'what is in the field is not replaced')
  here.drop('x')
  assert.deepEqual(await open(here, 'x'), ['Of 1'])
  here.drop('x')
  assert.deepEqual(await open(here, 'x'), [])
  assert.equal(new Drafts(store, 'ada', tab('3')).get('x')?.text, 'Of 3')
})

test('what was thrown away is put back, and what was begun since comes after it', async () => {
  const store = memory()
  const drafts = new Drafts(store, 'ada', tab('1'))
  const shown = await open(drafts, 'x')
  drafts.keep('x', 'Newer')
  drafts.putBack('x', draft('Thrown away'))
  assert.deepEqual([drafts.get('x')?.text, shown], ['Thrown away', ['Thrown away']])
  drafts.drop('x')
  assert.deepEqual(await open(drafts, 'x'), ['Newer'])
})

test('where no browser tells which tabs live, what was typed just now is in somebody’s hands', async () => {
  const store = memory()
  const other = new Drafts(store, 'ada', tab('1'))
  other.keep('new', 'Now')
  other.put('old', draft('Long ago'))
  other.flush()
  const here = new Drafts(store, 'ada', tab('2', null))
  assert.deepEqual([await open(here, 'new'), await open(here, 'old')], [[], ['Long ago']])
})

test.run()
