import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { assert, suite } from '../suite.ts'
import { findBoundaryFaults } from './boundaries.ts'
import { findCitedPathFaults } from './cited-paths.ts'
import { findUnusedShared } from './unused-shared.ts'

const test = suite('check')
const root = mkdtempSync(join(tmpdir(), 'taskflow-check-'))
test.after(() => rmSync(root, { recursive: true }))

const faultsOf = (file: string, text: string) => {
  write(file, text)
  return findBoundaryFaults(root, [file])
}

test('realtime cannot open the database', () => {
  assert.match(faultsOf('realtime/src/a.ts', `import pg from 'pg'`)[0]!, /realtime\/src\/a.ts:1 imports pg/)
  assert.deepEqual(faultsOf('realtime/src/a.ts', `import { x } from '@taskflow/shared/names.ts'`), [])
})

test('packages meet only in shared, whichever way they are named', () => {
  assert.equal(faultsOf('web/src/a.ts', `import { x } from '@taskflow/core-api/src/app.ts'`).length, 1)
  assert.equal(faultsOf('web/src/a.ts', `const x = await import('../../core-api/src/app.ts')`).length, 1)
  assert.deepEqual(faultsOf('web/src/a.test.ts', `import { suite } from '@taskflow/tools/suite.ts'`), [])
})

test('shared imports neither Node nor anything of weight', () => {
  assert.equal(faultsOf('shared/src/a.ts', `import { readFileSync } from 'node:fs'`).length, 1)
  assert.deepEqual(faultsOf('shared/src/a.ts', `import { z } from 'zod'\nimport { y } from './y.ts'`), [])
})

test('ui imports no domain, and a domain no other', () => {
  assert.equal(faultsOf('web/src/lib/ui/A.svelte', `import T from '#lib/tasks/T.svelte'`).length, 2)
  assert.equal(faultsOf('web/src/lib/boards/A.svelte', `import T from '../tasks/T.svelte'`).length, 1)
  assert.equal(faultsOf('web/src/lib/boards/A.svelte', `import N from '#lib/newcomers/N.svelte'`).length, 1)
  assert.equal(faultsOf('web/src/lib/forms/A.svelte', `import T from '#lib/tasks/T.svelte'`).length, 1)
  assert.deepEqual(faultsOf('web/src/lib/boards/A.svelte', `import B from '#lib/ui/Button.svelte'`), [])
  assert.deepEqual(faultsOf('web/src/lib/boards/A.svelte', `import { createApi } from '#lib/api.ts'`), [])
  assert.deepEqual(faultsOf('web/src/routes/A.svelte', `import T from '#lib/tasks/T.svelte'`), [])
})

test('only config.ts reads the environment', () => {
  assert.equal(faultsOf('core-api/src/a.ts', `const x = process.env.PORT`).length, 1)
  assert.deepEqual(faultsOf('core-api/src/config.ts', `const x = process.env.PORT`), [])
})

test('uvu is imported in one place', () => {
  assert.equal(faultsOf('core-api/src/a.test.ts', `import { test } from 'uvu'`).length, 1)
})

test('a file has a name that says something', () => {
  assert.equal(faultsOf('core-api/src/tasks/utils.ts', '').length, 1)
})

test('a file of shared is used when more than its own test imports it', () => {
  write('shared/src/used.ts', '')
  write('shared/src/alone.ts', '')
  write('shared/src/testing/scene.ts', '')
  write('shared/src/alone.test.ts', `import './alone.ts'\nimport './testing/scene.ts'`)
  write('web/src/lib/A.svelte', `import { x } from '@taskflow/shared/used.ts'`)
  const files = ['used.ts', 'alone.ts', 'alone.test.ts', 'testing/scene.ts'].map((name) => `shared/src/${name}`)
  assert.deepEqual(findUnusedShared(root, [...files, 'web/src/lib/A.svelte']), [
    'shared/src/alone.ts is imported by nobody',
  ])
})

test('a document cites files that are there', () => {
  write('docs/a.md', 'See `docs/a.md`, `docs/gone.ts`, [here](a.md), [there](./b.md), `GET /api/x` and `a/b`.')
  assert.deepEqual(findCitedPathFaults(root, ['docs/a.md'], new Set(['docs'])), [
    'docs/a.md cites docs/gone.ts, which is not there',
    'docs/a.md cites ./b.md, which is not there',
  ])
})

test.run()

function write(file: string, text: string) {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}
