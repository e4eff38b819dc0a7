import { suite } from '@taskflow/tools/suite.ts'
import { cardCalled, dragByMouse, middleOf, untilLive, untilOrder } from './harness/boards.ts'
import { foundTeam, makeBoard } from './harness/people.ts'
import { openStage, type Stage } from './harness/stage.ts'

const test = suite('the board in browsers')
let stage: Stage
test.before(async () => (stage = await openStage()))
test.after.each(() => stage.closeBrowsers())
test.after(() => stage.close())

async function boardOfTwo(titles = ['One', 'Two', 'Three', 'Four']) {
  const team = await foundTeam(stage.url, ['Ada', 'Bob'])
  const [ada, bob] = team.people
  const board = await makeBoard(ada!, team.workspaceId, titles)
  return { team, ada: ada!, bob: bob!, board, path: `/boards/${board.id}` }
}

test('a card dragged by mouse lies in the same place on the other screen', async () => {
  const { ada, bob, board, path } = await boardOfTwo()
  const [a, b] = [await stage.open(ada, path), await stage.open(bob, path)]
  await Promise.all([untilLive(a), untilLive(b)])
  const target = await middleOf(a.locator(`[data-column="${board.columns[1]!.id}"]`))
  await dragByMouse(a, cardCalled(a, 'Two'), target)
  await untilOrder(ada, board.id, [a, b], { 'To do': ['One', 'Three', 'Four'], Doing: ['Two'], Done: [] })
})

test.run()
