import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import {
  addTask,
  factsAfter,
  foundTeam,
  makeBoard,
  type Person,
  positionsOf,
  signUp,
  snapshotOf,
} from './testing/person.ts'
import { type Team, ticketOf } from './testing/person.ts'
import { openEar } from './testing/ear.ts'
import { type Opened, openStack } from './testing/stack.ts'

const test = suite('contract: a write is seen whole')
let stack: Opened
let ada: Person
let bob: Person

test.before(async () => {
  stack = await openStack()
  ada = await signUp(stack.url, 'Ada')
  bob = await signUp(stack.url, 'Bob')
})
test.after(() => stack?.close())

/** Two boards of one workspace. */
async function twoBoards() {
  const team = await foundTeam(ada, [bob])
  return [team, { ...team, ...(await makeBoard(ada, team.workspaceId)) }] as [Team, Team]
}
const streamOf = ({ boardId }: Team) => `b:${boardId}`
const move = (person: Person, id: string, { columns }: Team, place: object = {}) =>
  person.call('PUT', `/api/tasks/${id}/position`, { columnId: columns[0].id, ...place })

test('a move to another board is one fact on each, of one transaction, and the answer names both', async () => {
  const [from, to] = await twoBoards()
  const task = await addTask(ada, from, 'Wanderer')
  const before = await Promise.all([from, to].map((board) => ticketOf(ada, streamOf(board))))
  const answer = await move(ada, task.id, to)
  assert.deepEqual([answer.status, answer.body.boardId], [200, to.boardId])
  assert.deepEqual(positionsOf(answer), {
    [streamOf(from)]: before[0]!.seq + 1,
    [streamOf(to)]: before[1]!.seq + 1,
  })
  const [left, came] = await Promise.all(before.map(async (position) => (await factsAfter(ada, position)).events))
  assert.deepEqual([left!.length, came!.length], [1, 1])
  assert.equal(left![0]!.txn, came![0]!.txn)
  assert.deepEqual([left![0]!.data.id, came![0]!.data.id], [task.id, task.id])
  assert.ok(!(await snapshotOf(ada, from.boardId)).tasks.some(({ id }) => id === task.id))
  assert.ok((await snapshotOf(ada, to.boardId)).tasks.some(({ id }) => id === task.id))
})

test('who hears only the board that a card comes to gets the whole card', async () => {
  const [from, to] = await twoBoards()
  const task = await addTask(ada, from, 'With all it has')
  await ada.act('PATCH', `/api/tasks/${task.id}`, { priority: 'high' })
  const before = await ticketOf(ada, streamOf(to))
  await move(ada, task.id, to)
  const [fact] = (await factsAfter(ada, before)).events
  const [card] = (await snapshotOf(ada, to.boardId)).tasks
  for (const [field, value] of Object.entries(card!)) assert.deepEqual(fact!.data[field], value, field)
})

test('moves in opposite directions at the same moment all succeed, and lose nothing', async () => {
  const [one, two] = await twoBoards()
  const ids = await Promise.all(
    Array.from({ length: 10 }, async (_, n) => (await addTask(ada, n % 2 ? one : two, `${n}`)).id),
  )
  for (let round = 0; round < 6; round++) {
    const answers = await Promise.all(ids.map((id, n) => move(n % 3 ? ada : bob, id, (n + round) % 2 ? two : one)))
    for (const { status, text } of answers) assert.equal(status, 200, text)
  }
  const snapshots = await Promise.all([one, two].map(({ boardId }) => snapshotOf(ada, boardId)))
  const found = snapshots.flatMap(({ tasks }) => tasks.map(({ id }) => id))
  assert.deepEqual(found.toSorted(), ids.toSorted())
})

test('a person reads what they have just written, whichever node answers', async () => {
  const [team] = await twoBoards()
  for (let n = 0; n < 20; n++) {
    const { id, title } = await addTask(ada, team, `Just now ${n}`)
    const { tasks } = await snapshotOf(ada, team.boardId)
    assert.ok(tasks.some((task) => task.id === id && task.title === title))
    assert.equal((await ada.act('GET', `/api/tasks/${id}`)).title, title)
  }
})

test('the position of an answer is reached by the facts, and includes the write', async () => {
  const [team] = await twoBoards()
  const ear = await openEar(stack.url, ada.token)
  await ear.join(await ticketOf(ada, streamOf(team)))
  for (let n = 0; n < 10; n++) {
    const path = `/api/boards/${team.boardId}/tasks`
    const answer = await ada.call('POST', path, { title: `Heard ${n}`, columnId: team.columns[0].id })
    const fact = await ear.fact(streamOf(team), positionsOf(answer)[streamOf(team)]!)
    assert.equal(fact.data.id, answer.body.id)
  }
  ear.close()
})

test('a column that is removed goes with all its cards in one fact: no snapshot shows the half of it', async () => {
  const [team] = await twoBoards()
  const [source, target] = team.columns
  await Promise.all(Array.from({ length: 12 }, (_, n) => addTask(ada, team, `${n}`)))
  const before = await ticketOf(ada, streamOf(team))
  const removed = ada.call('DELETE', `/api/columns/${source.id}?moveTo=${target.id}`)
  const snapshots = await Promise.all(Array.from({ length: 30 }, () => snapshotOf(bob, team.boardId)))
  assert.equal((await removed).status, 204)
  for (const { columns, tasks } of [...snapshots, await snapshotOf(bob, team.boardId)]) {
    const home = columns.some(({ id }) => id === source.id) ? source.id : target.id
    assert.ok(tasks.length === 12 && tasks.every(({ columnId }) => columnId === home))
  }
  assert.equal((await factsAfter(ada, before)).events.length, 1)
})

test('fifty writers on one board leave a stream without gap or double, each answer at its place', async () => {
  const [team] = await twoBoards()
  const id = streamOf(team)
  const ids = await Promise.all(Array.from({ length: 10 }, async (_, n) => (await addTask(ada, team, `${n}`)).id))
  const start = await ticketOf(ada, id)
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => {
      const [person, task] = [n % 2 ? ada : bob, ids[n % 10]!]
      if (n % 3 === 0) return move(person, task, team, { before: ids[(n + 1) % 10] })
      return person.call('PATCH', `/api/tasks/${task}`, { title: `By writer ${n}` })
    }),
  )
  for (const { status, text } of answers) assert.equal(status, 200, text)
  const { head, events } = await factsAfter(ada, start)
  assert.deepEqual(
    events.map(({ seq }) => seq),
    Array.from({ length: head - start.seq }, (_, n) => start.seq + n + 1),
  )
  const taken = answers.map((answer) => positionsOf(answer)[id]!)
  assert.equal(new Set(taken).size, 50)
  for (const [n, seq] of taken.entries()) {
    const fact: Envelope<string, any> = events[seq - start.seq - 1]!
    assert.equal(fact.data.id, ids[n % 10])
    if (n % 3 !== 0) assert.equal(fact.data.title, `By writer ${n}`)
  }
})

test.run()
