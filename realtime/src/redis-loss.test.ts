import { boardStream } from '@taskflow/shared/names.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { createWorld, type World } from './testing/world.ts'

const test = suite('loss of Redis')
const timing = {
  redisLostAfterMs: 300,
  probeEveryMs: 100,
  probeValidMs: 3_000,
  headsEveryMs: 150,
  joinPatienceMs: 1_000,
  checkHeadsEveryMs: 60_000,
}
let world: World
let url: string

test.before(async () => {
  world = await createWorld()
  ;({ url } = await world.startNode(timing))
})
test.after(() => world.close())

const readiness = async () => {
  const answer = await fetch(`${url}/ready`)
  return { status: answer.status, checks: ((await answer.json()) as { checks: Record<string, string> }).checks }
}
const until = async (condition: () => Promise<boolean>) => {
  for (const limit = Date.now() + 30_000; !(await condition()); await delay(20)) assert.ok(Date.now() < limit)
}

test('a node is ready when its probe has come back', async () => {
  await until(async () => (await readiness()).status === 200)
  assert.deepEqual((await readiness()).checks, { redis: 'ok', probe: 'ok', serving: 'ok' })
  assert.equal((await fetch(`${url}/health`)).status, 200)
})

test('without Redis a node claims nothing; afterwards it makes up for everything and says where it stands', async () => {
  const board = boardStream(newId())
  const [ada, ben, cleo] = await Promise.all(['ada', 'ben', 'cleo'].map((name) => world.connect(name)))
  for (const client of [ada!, ben!, cleo!]) await client.join(board)
  await world.act(board)
  await ada!.hears(board, 1)
  await world.stopRedis()
  await until(async () => (await readiness()).status === 503)
  assert.equal((await readiness()).checks.redis, 'failing')
  await ada!.flush()
  const heads = ada!.heard.heads.length
  assert.deepEqual(await ada!.join(boardStream(newId())).then(({ ok }) => ok), false)
  assert.equal(ada!.heard.heads.length, heads)

  world.api.commit(board)
  world.api.commit(board, 'access.revoked', { userId: 'ben', userIds: ['ben'], acl: 3 })
  world.api.commit(board)
  const at = new Date().toISOString()
  world.api.state.revocations = [{ stream: board, userId: 'ben', acl: 3, at }]
  world.api.state.sessions = [{ userId: 'cleo', sessionIds: ['s-cleo'], at }]
  await world.restartRedis()
  await ada!.until(() => ada!.heard.heads.at(-1)?.[board] === 4)
  assert.deepEqual(ada!.seqs(board), [1, 2, 3, 4])
  await ben!.until(() => ben!.heard.revoked.length > 0)
  await ben!.flush()
  assert.ok(!ben!.seqs(board).some((seq) => seq >= 3))
  await cleo!.until(() => cleo!.heard.closed !== undefined)
  assert.equal(cleo!.heard.closed!.reason, 'session')
  await until(async () => (await readiness()).status === 200)
  await world.act(board)
  await ada!.hears(board, 5)
})

test('a node does not go on before the API has told it what it missed', async () => {
  const board = boardStream(newId())
  const ada = await world.connect('ada')
  await ada.join(board)
  await world.stopRedis()
  world.api.state.down = true
  await world.restartRedis()
  await until(async () => (await readiness()).status === 503)
  assert.equal((await ada.join(boardStream(newId()))).ok, false)
  world.api.commit(board)
  world.api.state.down = false
  await ada.hears(board, 1)
  await until(async () => (await readiness()).status === 200)
})

test.run()
