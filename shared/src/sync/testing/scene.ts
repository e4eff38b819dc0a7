import { newId } from '../../ids.ts'
import { BOARD_IDS, columnsOf } from './model-server.ts'
import { createModelWorld } from './model-world.ts'
import { Person } from './person.ts'

/** Ada and Bob look at the same board, and nothing is wrong yet. */
export async function createScene() {
  const world = createModelWorld()
  const [ada, bob] = [new Person(world, 'ada'), new Person(world, 'bob')]
  await world.clock.pass(1_000)
  return {
    ...world,
    ada,
    bob,
    board: ada.boards[0]!,
    stream: ada.boards[0]!.id,
    titles: (person: Person) => person.boards[0]!.state?.tasks.map(({ title }) => title).toSorted(),
    add(person: Person, title: string, boardIndex = 0) {
      const boardId = BOARD_IDS[boardIndex]!
      const task = { id: newId(world.clock.now()), title, columnId: columnsOf(boardId)[0]! }
      return person.boards[boardIndex]!.write({
        method: 'POST',
        path: `/api/boards/${boardId}/tasks`,
        body: task,
        acts: [{ name: 'createTask', args: { task } }],
      })
    },
    close() {
      ada.sync.close()
      bob.sync.close()
    },
  }
}
