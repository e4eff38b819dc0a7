import type { Api } from '#lib/api.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { eraseTasks } from './erasing.ts'

const test = suite('erasing from the trash')

/** Answers pages of the trash by their cursor, and refuses what is named. */
function server(pages: Record<string, { ids: string[]; next: string | null }>, refused: string[] = []) {
  const erased: string[][] = []
  const api = {
    async get(path: string) {
      const { ids, next } = pages[new URL(path, 'http://x').searchParams.get('cursor')!]!
      return { items: ids.map((id) => ({ id })), next }
    },
    async post(path: string, { ids, act }: { ids: string[]; act: { type: string } }) {
      assert.deepEqual([path, act], ['/api/boards/b/tasks/bulk', { type: 'erase' }])
      erased.push(ids)
      return ids.map((id) => ({ id, ok: !refused.includes(id) }))
    },
  } as unknown as Api
  return { api, erased }
}

test('takes all that is shown and what lies behind it, and not what came since', async () => {
  const { api, erased } = server({ x: { ids: ['c', 'd'], next: 'y' }, y: { ids: ['e'], next: null } })
  assert.equal(await eraseTasks(api, 'b', { ids: ['a', 'b'], next: 'x' }), true)
  assert.deepEqual(erased, [['a', 'b'], ['c', 'd'], ['e']])
})

test('goes on after what is refused, and says that something is left', async () => {
  const { api, erased } = server({ x: { ids: ['c'], next: null } }, ['a'])
  assert.equal(await eraseTasks(api, 'b', { ids: ['a', 'b'], next: 'x' }), false)
  assert.deepEqual(erased, [['a', 'b'], ['c']])
})

test('asks for no more at once than the server takes', async () => {
  const { api, erased } = server({})
  const ids = Array.from({ length: 401 }, (_, n) => `${n}`)
  assert.equal(await eraseTasks(api, 'b', { ids, next: null }), true)
  assert.deepEqual(
    erased.map(({ length }) => length),
    [200, 200, 1],
  )
})

test.run()
