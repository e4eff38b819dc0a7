import { newId } from '@taskflow/shared/ids.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { killAndStart, startAll } from '../stack/spawning.ts'
import { removedDuring } from './removed.ts'
import type { Scene } from './scene.ts'
import { positionsOf } from './writer.ts'

/** The contract says one second; the machine may be busy starting what was killed. */
const PUBLISHED_WITHIN_MS = 2_500

/** Something goes wrong, and is over when this resolves. */
export type Fault = (scene: Scene) => Promise<void>

export const faults = {
  'core-api killed': ({ stack }) => killAndStart([stack.apis[1]!], 300),

  /** What the node says to Redis is held up on the way and then lost: committed, acknowledged, never published. */
  async 'core-api killed between commit and publish'(scene) {
    const { stack, publishing } = scene
    publishing.freeze()
    const seq = await writeQuietly(scene)
    await stack.apis[0]!.kill()
    publishing.cut()
    publishing.thaw()
    await expectHeard(scene, seq)
    await startAll([stack.apis[0]!])
  },

  'all of core-api killed': ({ stack }) => killAndStart(stack.apis, 1_000),
  'realtime killed': ({ stack }) => killAndStart([stack.realtimes[0]!], 300),
  'all of realtime killed': ({ stack }) => killAndStart(stack.realtimes, 6_000),
  'worker killed': ({ stack }) => killAndStart(stack.workers, 300),

  async 'Redis killed and started'({ stores }) {
    await stores.redis.kill()
    await delay(2_000)
    await stores.redis.start()
  },

  async 'Redis away for twelve seconds'({ stores }) {
    await stores.redis.kill()
    await delay(12_000)
    await stores.redis.start()
  },

  'Redis flushed': ({ stores }) => stores.redis.flush(),

  /** Connections stay open and nothing comes: longer than anybody may call themselves Live without news. */
  async 'Redis hangs for twenty seconds'({ stores }) {
    stores.redis.freeze()
    await delay(20_000)
    stores.redis.thaw()
  },

  async 'Postgres restarted'(scene) {
    await scene.stores.postgres.stop('SIGINT')
    await expectUnavailable(scene)
    await scene.stores.postgres.start()
  },

  async 'Postgres crashed'({ stores }) {
    await stores.postgres.stop('SIGQUIT')
    await delay(1_500)
    await stores.postgres.start()
  },

  async 'gateway reloaded'({ stack }) {
    for (let n = 0; n < 3; n++) {
      await stack.gateway.reload()
      await delay(500)
    }
  },

  async 'answers dropped'({ lines }) {
    for (const line of lines) line.loseAnswers(0.4)
    await delay(5_000)
    for (const line of lines) line.loseAnswers(0)
  },

  async 'readers frozen'({ lines }) {
    for (const line of lines.slice(0, 2)) line.freeze()
    await delay(7_000)
    for (const line of lines) line.thaw()
  },

  /** So long that nobody may call themselves Live at the end of it. */
  async 'a reader frozen for seventeen seconds'({ lines, writers, ledger }) {
    lines[2]!.freeze()
    await delay(17_000)
    const { name, boards } = writers[2]!
    if (boards.some((view) => view.status.is === 'live')) ledger.fault(`I10: ${name} says Live after 17 s without news`)
    lines[2]!.thaw()
  },

  'somebody removed while Redis is away': (scene) =>
    removedDuring(scene, scene.stores.redis.kill, scene.stores.redis.start),

  'somebody removed while realtime is away': (scene) =>
    removedDuring(
      scene,
      async () => void (await Promise.all(scene.stack.realtimes.map((node) => node.kill()))),
      () => startAll(scene.stack.realtimes),
    ),

  async 'every line cut again and again'({ lines }) {
    for (let n = 0; n < 10; n++) {
      lines[n % lines.length]!.cut()
      await delay(300)
    }
  },

  async 'several at once'({ stack, stores, lines, publishing }) {
    lines[0]!.freeze()
    lines[1]!.loseAnswers(0.5)
    await Promise.all([stack.apis[0]!.kill(), stack.realtimes[1]!.kill(), stores.redis.kill()])
    publishing.cut()
    await delay(1_000)
    await stores.postgres.stop('SIGQUIT')
    await delay(1_000)
    await stores.postgres.start()
    await stores.redis.start()
    lines[0]!.thaw()
    lines[1]!.loseAnswers(0)
    await startAll([stack.apis[0]!, stack.realtimes[1]!])
  },
} satisfies Record<string, Fault>

export type FaultName = keyof typeof faults

/** Five writes to the first node on the board where nothing else happens; answers where its stream stands then. */
async function writeQuietly({ stack, outsider, quietBoardId, ledger }: Scene): Promise<number> {
  const path = `/api/boards/${quietBoardId}/tasks`
  for (let n = 0; n < 5; n++) {
    const key = newId()
    const headers = { cookie: outsider.cookie, 'content-type': 'application/json', 'idempotency-key': key }
    const body = JSON.stringify({ title: `Unpublished ${n}` })
    const answer = await fetch(stack.apiUrls[0] + path, { method: 'POST', headers, body })
    if (answer.status !== 201) ledger.fault(`A write that cannot be published was answered ${answer.status}`)
    ledger.acknowledge(key, { what: `POST ${path}`, positions: positionsOf(answer.headers) })
  }
  return ledger.headOf(boardStream(quietBoardId))
}

async function expectHeard({ slack, reader, quietBoardId, ledger }: Scene, seq: number) {
  const stream = boardStream(quietBoardId)
  for (const until = Date.now() + PUBLISHED_WITHIN_MS * slack; reader.seqOf(stream) < seq; await delay(20)) {
    if (Date.now() > until) {
      return ledger.fault(`What was not published is still at ${reader.seqOf(stream)} of ${seq}`)
    }
  }
}

/** Without its database the API says that it is a matter of time, and soon. */
async function expectUnavailable({ stack, outsider, boardIds, ledger }: Scene) {
  const headers = { cookie: outsider.cookie, 'content-type': 'application/json' }
  for (const [method, path] of [
    ['POST', `/api/boards/${boardIds[0]}/tasks`],
    ['GET', `/api/boards/${boardIds[0]}`],
    ['GET', '/api/auth/token'],
  ] as const) {
    const body = method === 'POST' ? JSON.stringify({ title: 'In vain' }) : null
    const started = Date.now()
    const answer = await fetch(stack.url + path, { method, headers, body })
    const waited = Date.now() - started
    if (answer.status !== 503 || !answer.headers.get('retry-after') || waited > 6_000) {
      ledger.fault(`Without Postgres ${method} ${path} was answered ${answer.status} after ${waited} ms`)
    }
  }
}
