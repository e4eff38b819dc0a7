import { assert, suite } from '@taskflow/tools/suite.ts'
import { createFinding, type Found } from './finding.ts'

const test = suite('finding things as they come')

const thing = (id: string) => ({ id, name: id, run() {} })
const shownOf = (found: Found[]) => found.map(({ rows, state }) => [state, ...rows.map(({ id }) => id)])

/** What is here at once, and what somebody else is asked for: answered or refused by the test. */
function searching() {
  let shown: Found[] = []
  const asked: PromiseWithResolvers<ReturnType<typeof thing>[]>[] = []
  const find = createFinding((found) => (shown = found))
  const sources = [
    { section: 'Here', find: (text: string) => [thing(`here ${text}`)] },
    {
      section: 'Elsewhere',
      find() {
        asked.push(Promise.withResolvers())
        return asked.at(-1)!.promise
      },
    },
  ]
  return { find: (text: string) => find(sources, text), asked, shown: () => shownOf(shown), all: () => shown }
}

test('what is here is shown at once, and what is asked for elsewhere when it comes', async () => {
  const { find, asked, shown, all } = searching()
  find('a')
  assert.deepEqual(shown(), [['found', 'here a'], ['busy']])
  asked[0]!.resolve([thing('far a')])
  await asked[0]!.promise
  assert.deepEqual(shown(), [
    ['found', 'here a'],
    ['found', 'far a'],
  ])
  assert.deepEqual(
    all().map(({ isLate }) => isLate),
    [false, true],
  )
})

test('what was found stays until there is an answer to what is typed now, and older answers are passed over', async () => {
  const { find, asked, shown } = searching()
  find('a')
  asked[0]!.resolve([thing('far a')])
  await asked[0]!.promise
  find('ab')
  find('abc')
  assert.deepEqual(shown()[1], ['busy', 'far a'])
  asked[1]!.resolve([thing('far ab')])
  await asked[1]!.promise
  assert.deepEqual(shown()[1], ['busy', 'far a'])
  asked[2]!.resolve([])
  await asked[2]!.promise
  assert.deepEqual(shown()[1], ['found'])
})

test('a search that failed is told', async () => {
  const { find, asked, shown } = searching()
  find('a')
  asked[0]!.reject(new Error('no server'))
  await asked[0]!.promise.catch(() => {})
  assert.deepEqual(shown(), [['found', 'here a'], ['failed']])
})

test.run()
