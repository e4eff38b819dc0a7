import { setTimeout as delay } from 'node:timers/promises'
import type { BoardSnapshot } from '@taskflow/shared/dto/board.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import type { Person } from '../../core-api/src/testing/person.ts'
import { type Ear, openEar } from '../bench/ear.ts'
import { openLine } from './line.ts'
import { call, type Scene } from './scene.ts'

const SOCKETS = 300
const FROZEN = 30
/** So many hear what the frozen ones do not; the rest of the crowd is on a board where nothing happens. */
const AWAKE = 30
/** Several times what the operating system takes off a node's hands for a reader who does not read. */
const LOUD_FACTS = 300
const LOUD_FACT_BYTES = 60_000
const GROWTH_LIMIT_BYTES = 64 * 1024 * 1024
const MISSED_FACTS = 20
const CALLS_PER_SOCKET_LIMIT = 0.05
const HEARD_WITHIN_MS = 20_000
/** Five seconds unsent, and a look each second. */
const CLOSED_WITHIN_MS = 8_000

interface Listener {
  ear: Ear
  heard: number[]
}

type Told = (line: string) => void

/** I8: a tenth of the readers on one node stop to read; the others notice nothing, and the node's memory does not either. */
export async function crowdOfFrozenReaders(scene: Scene, tell: Told): Promise<void> {
  const { stack, ledger, outsider } = scene
  const node = stack.realtimeUrls[0]!
  const line = await openLine({ port: Number(new URL(node).port) })
  const { board, task } = await loudBoard(scene)
  const quiet = await call<BoardSnapshot>(outsider, 'GET', `/api/boards/${scene.quietBoardId}`)
  const others = await openListeners(scene, node, quiet, SOCKETS - FROZEN - AWAKE)
  const awake = await openListeners(scene, node, board, AWAKE)
  const frozen = await openListeners(scene, line.url, board, FROZEN)
  const before = await metric(node, 'process_resident_memory_bytes')
  const slowBefore = await metric(node, 'realtime_closed_total{reason="slow"}')
  line.freeze()
  let peak = 0
  for (let n = 0; n < LOUD_FACTS; n++) {
    const description = `${n} `.padEnd(LOUD_FACT_BYTES, 'x')
    await call(outsider, 'PATCH', `/api/tasks/${task.id}`, { description })
    await untilHeard(awake, n + 1)
    if (n % 10 === 0) peak = Math.max(peak, await metric(node, 'process_resident_memory_bytes'))
  }
  const closed = async () => (await metric(node, 'realtime_closed_total{reason="slow"}')) - slowBefore
  for (const until = Date.now() + CLOSED_WITHIN_MS; (await closed()) < FROZEN && Date.now() < until;) await delay(100)
  const slow = await closed()
  const growth = Math.round((peak - before) / 1024 / 1024)
  tell(`${SOCKETS} sockets, ${FROZEN} frozen: the node grew by ${growth} MB and closed ${slow} as slow`)
  if (peak - before > GROWTH_LIMIT_BYTES) ledger.fault(`I8: a node grew by ${growth} MB`)
  if (slow !== FROZEN) ledger.fault(`I8: ${slow} of ${FROZEN} frozen sockets were closed`)
  const first = board.stream.seq + 1
  for (const { heard } of awake) {
    const isWhole = heard.length === LOUD_FACTS && heard.every((seq, i) => seq === first + i)
    if (!isWhole) ledger.fault(`I8: a reader beside the frozen ones heard ${heard.length} of ${LOUD_FACTS}`)
  }
  for (const { ear } of [...others, ...awake, ...frozen]) ear.close()
  line.close()
}

/** I9: the node dies, facts pass, everybody comes back at once with the tickets they have. */
export async function reconnectStorm(scene: Scene, tell: Told): Promise<void> {
  const { stack, ledger, outsider } = scene
  const node = stack.realtimeUrls[0]!
  const { board, task } = await loudBoard(scene)
  const gone = await openListeners(scene, node, board, SOCKETS)
  await stack.realtimes[0]!.kill()
  for (const { ear } of gone) ear.close()
  for (let n = 0; n < MISSED_FACTS; n++)
    await call(outsider, 'PATCH', `/api/tasks/${task.id}`, { title: `Missed ${n}` })
  const callsBefore = await internalCalls(scene)
  stack.realtimes[0]!.start()
  await stack.realtimes[0]!.ready()
  const started = performance.now()
  const back = await openListeners(scene, node, board, SOCKETS)
  const ms = Math.round(performance.now() - started)
  const calls = (await internalCalls(scene)) - callsBefore
  tell(`${SOCKETS} sockets back in ${ms} ms after ${MISSED_FACTS} facts: ${calls} internal calls`)
  if (calls > SOCKETS * CALLS_PER_SOCKET_LIMIT) ledger.fault(`I9: ${calls} internal calls for ${SOCKETS} sockets`)
  await untilHeard(back, MISSED_FACTS)
  const first = board.stream.seq + 1
  const isWhole = back.every(({ heard }) => heard.every((seq, i) => seq === first + i))
  if (!isWhole) ledger.fault('I9: somebody who came back missed facts')
  for (const { ear } of back) ear.close()
}

async function loudBoard({ outsider, boardIds }: Scene): Promise<{ board: BoardSnapshot; task: Task }> {
  const task = await call<Task>(outsider, 'POST', `/api/boards/${boardIds[0]}/tasks`, { title: 'Loud' })
  return { task, board: await call<BoardSnapshot>(outsider, 'GET', `/api/boards/${boardIds[0]}`) }
}

async function openListeners(
  { stack, outsider }: Scene,
  url: string,
  { stream }: BoardSnapshot,
  count: number,
): Promise<Listener[]> {
  const token = await freshToken(stack.url, outsider)
  const request = { stream: stream.id, ticket: stream.ticket, epoch: stream.epoch, after: stream.seq }
  return Promise.all(
    Array.from({ length: count }, async () => {
      const listener: Listener = { ear: await openEar(url, token, stack.url), heard: [] }
      listener.ear.onFacts = (frame) => {
        for (const [, seq] of frame.matchAll(/"seq":(\d+),"txn"/g)) listener.heard.push(Number(seq))
      }
      const answer = await listener.ear.join([request])
      if (!answer.includes('"ok":true')) throw new Error(`A join was answered ${answer}`)
      return listener
    }),
  )
}

async function freshToken(url: string, { cookie }: Person): Promise<string> {
  const answer = await fetch(`${url}/api/auth/token`, { headers: { cookie } })
  return ((await answer.json()) as { token: string }).token
}

async function untilHeard(listeners: Listener[], count: number): Promise<void> {
  for (const until = Date.now() + HEARD_WITHIN_MS; Date.now() < until; await delay(2)) {
    if (listeners.every(({ heard }) => heard.length >= count)) return
  }
}

async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const line = text.split('\n').find((one) => one.startsWith(`${name} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}

/** How often realtime nodes asked the API, by the API's own count. */
async function internalCalls({ stack }: Scene): Promise<number> {
  const texts = await Promise.all(stack.apiUrls.map(async (url) => (await fetch(`${url}/metrics`)).text()))
  const lines = texts.flatMap((text) => text.split('\n'))
  const counts = lines.filter((line) => line.includes('_count{') && line.includes('/internal/'))
  return counts.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}
