import { assert, suite } from '@taskflow/tools/suite.ts'
import fc from 'fast-check'
import { boardStream } from '../names.ts'
import { type Happening, happen, happenings } from './testing/acts.ts'
import { inOrder } from './testing/model-board.ts'
import { BOARD_IDS, type ModelServer } from './testing/model-server.ts'
import { createModelWorld } from './testing/model-world.ts'
import { Person } from './testing/person.ts'

const test = suite('sync')

const RUNS = Number(process.env.SYNC_RUNS ?? 800)
const HEAL_MS = 60_000

/** Each story knows only a few kinds of happenings, so that rare ones meet. */
const kinds = fc.subarray(Object.keys(happenings) as Happening['kind'][], { minLength: 2, maxLength: 6 })
const stories = kinds.chain((some) =>
  fc.array(
    fc.record({
      kind: fc.constantFrom<Happening['kind'][]>('create', 'create', 'rename', 'move', ...some),
      who: fc.nat(2),
      pick: fc.nat(50),
      waitMs: fc.oneof(fc.constant(0), fc.nat(100), fc.nat(3_000), fc.nat(40_000)),
    }),
    { maxLength: 40 },
  ),
)

test('whatever happens, every screen ends as the server is, and every write is there once', async () => {
  const property = fc.asyncProperty(fc.nat(), stories, async (seed, story) => {
    const world = createModelWorld(seed)
    const people = ['ada', 'bob', 'eve'].map((userId) => new Person(world, userId))
    try {
      await world.clock.pass(1_000)
      for (const one of story) await happen(one, world, people)
      heal(world, people)
      await world.clock.pass(HEAL_MS)
      for (const person of people) check(person, world.server)
    } finally {
      for (const person of people) person.sync.close()
    }
  })
  await fc.assert(property, { numRuns: RUNS, includeErrorInReport: true })
})

test('what is written to a board that was left meanwhile is sent like everything else', async () => {
  const world = createModelWorld(1)
  const ada = new Person(world, 'ada')
  await world.clock.pass(1_000)
  ada.boards[0]!.close()
  happenings.create({ person: ada, people: [ada], world, pick: 0 })
  const { key } = ada.written[0]!
  await world.clock.pass(1_000)
  assert.ok(ada.acknowledged.has(key))
  assert.equal(ada.sync.pending, 0)
  ada.sync.close()
})

test.run()

function heal(world: ReturnType<typeof createModelWorld>, people: Person[]) {
  world.node.isDeaf = false
  for (const { weather, session, sync } of people) {
    weather.clear()
    if (session.isOver) {
      session.isOver = false
      sync.wake()
    }
  }
}

function check(person: Person, server: ModelServer) {
  const { userId } = person.session
  person.look()
  assert.deepEqual(person.failures, [], `${userId} saw something wrong on the way`)
  assert.equal(person.sync.pending, 0, `${userId} has nothing left to send`)
  for (const view of person.boards) {
    const boardId = view.id.slice(2)
    if (!server.mayRead(userId, view.id)) {
      assert.deepEqual([view.status.is, view.state], ['gone', null], `${userId} has nothing of a lost board`)
      continue
    }
    assert.equal(view.status.is, 'live', `${userId} sees Live`)
    assert.deepEqual(inOrder(view.state!), inOrder(server.snapshot(boardId)), `${userId} sees the server's state`)
  }
  checkWrites(person, server)
}

function checkWrites({ written, refused, acknowledged, heard, session }: Person, server: ModelServer) {
  const { epoch, facts } = server.history
  for (const { key, path } of written) {
    const count = [...facts.values()].map((all) => all.filter(({ mutation }) => mutation === key).length)
    if (refused.has(key)) assert.deepEqual(count, [0, 0], `${path} was refused and is nowhere`)
    else if (acknowledged.get(key) === epoch) {
      assert.ok(Math.max(...count) === 1, `${path} was acknowledged and is there once, not ${count}`)
    }
  }
  const sent = written.map(({ key }) => key)
  for (const boardId of BOARD_IDS) {
    const stream = boardStream(boardId)
    const order = facts
      .get(stream)!
      .map(({ mutation }) => sent.indexOf(mutation ?? ''))
      .filter((at) => at >= 0)
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
      'writes are in the stream in the order in which they were made',
    )
    const revokedAt = server.revoked.get(`${session.userId} ${stream}`) ?? Infinity
    const late = heard.find((fact) => fact.stream === stream && fact.epoch === epoch && fact.seq >= revokedAt)
    assert.equal(late, undefined, 'nobody hears a fact after their revocation')
  }
}
