import { assert, suite } from '@taskflow/tools/suite.ts'
import { readFileSync } from 'node:fs'

const test = suite('imports')

const ENTRY = new URL('../board/open-board.ts', import.meta.url)
const IMPORT = /^(?:import|export) (?!type )(?:[^'=]* from )?'([^']+)'/gm

test('what a browser loads for a board needs no schema library and nothing of Node', () => {
  const foreign = new Set<string>()
  const seen = new Set<string>()
  const walk = (file: URL) => {
    if (seen.has(file.href)) return
    seen.add(file.href)
    for (const [, name] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      if (name!.startsWith('.')) walk(new URL(name!, file))
      else foreign.add(name!)
    }
  }
  walk(ENTRY)
  assert.deepEqual([...foreign], ['fractional-indexing'])
  assert.ok(seen.size > 20, 'the imports were followed')
})

test.run()
