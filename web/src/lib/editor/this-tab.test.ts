import { assert, suite } from '@taskflow/tools/suite.ts'
import { ThisTab } from './this-tab.ts'

const test = suite('which tab it is')

function session(kept = new Map<string, string>()) {
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  }
}

test('a reload is the same tab, a copy of an open one is another', () => {
  const own = session()
  const first = new ThisTab(own)
  const copied = new ThisTab(session(new Map(own.kept)))
  assert.ok(copied.id !== first.id)
  first.handOver()
  assert.equal(new ThisTab(own).id, first.id)
  assert.ok(new ThisTab(own).id !== first.id, 'handed over once')
  assert.ok(new ThisTab(null).id)
})

test.run()
