import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { BoardSnapshot } from '@taskflow/shared/dto/board.ts'
import type { Person } from '../../core-api/src/testing/person.ts'
import { type Ear, openEar } from './ear.ts'
import { percentiles } from './load.ts'
import type { Options } from './main.ts'
import { PUBLIC_URL, type Stack, startStack } from './stack.ts'
import { type BenchBoard, call, fillBoard, foundWorkspace, signUp } from './team.ts'

const SOCKETS = [10, 100, 1000]
const RETURNING = 500
const MISSED = 20
const BURST_PER_SECOND = 200

/** How long a write takes to reach every listener, what a listener costs, and what a storm of returning ones costs. */
export async function benchFanout({ seconds }: Options) {
  const stack = await startStack({ realtime: true })
  try {
    const ada = await signUp(stack.url, 'Ada')
    const workspace = await foundWorkspace(ada)
    const board = await fillBoard(stack.url, ada, workspace.id, 20)
    const latency = []
    for (const sockets of SOCKETS) latency.push(await latencyAt(stack, ada, board, sockets, seconds))
    return { latency, returning: await returning(stack, ada, board) }
  } finally {
    await stack.close()
  }
}

async function latencyAt(stack: Stack, ada: Person, board: BenchBoard, sockets: number, seconds: number) {
  const before = await residentOf(stack.pids.realtime!)
  const ears = await openEars(stack, ada, board.id, sockets)
  await delay(500)
  const perSocket = Math.round((await residentOf(stack.pids.realtime!)) - before) / sockets
  const calm = await measure(ada, board, ears, 5, seconds)
  const burst = await measure(ada, board, ears, BURST_PER_SECOND, seconds)
  for (const ear of ears) ear.close()
  await delay(300)
  return { sockets, kilobytesPerSocket: Math.round(perSocket), calm, burst }
}

let marks = 0

/** Writes at a steady rate; each write's time ends when a listener's handler has it, once per listener. */
async function measure(ada: Person, board: BenchBoard, ears: Ear[], perSecond: number, seconds: number) {
  const sentAt = new Map<string, number>()
  const times: number[] = []
  for (const ear of ears) {
    ear.onFacts = (frame) => {
      const now = performance.now()
      for (const [, mark] of frame.matchAll(/"title":"(mark \d+)"/g)) times.push(now - sentAt.get(mark!)!)
    }
  }
  const writes = Math.round(perSecond * seconds)
  const started = performance.now()
  const taskIds = board.taskIds.flat()
  const answers: Promise<unknown>[] = []
  for (let n = 0; n < writes; n++) {
    await delay(Math.max(0, started + (n * 1000) / perSecond - performance.now()))
    const mark = `mark ${++marks}`
    sentAt.set(mark, performance.now())
    answers.push(call(ada, `/api/tasks/${taskIds[n % taskIds.length]}`, 'PATCH', { title: mark }))
  }
  await Promise.all(answers)
  for (let waited = 0; times.length < writes * ears.length && waited < 5000; waited += 50) await delay(50)
  return { perSecond, ...percentiles(times), heard: times.length, expected: writes * ears.length }
}

/** Everybody is cut off, twenty facts pass, everybody comes back at once. */
async function returning(stack: Stack, ada: Person, board: BenchBoard) {
  const { stream } = await call<BoardSnapshot>(ada, `/api/boards/${board.id}`)
  for (let n = 0; n < MISSED; n++)
    await call(ada, `/api/tasks/${board.taskIds[0]![n]}`, 'PATCH', { title: `missed ${n}` })
  const ears = await Promise.all(
    Array.from({ length: RETURNING }, () => openEar(stack.realtimeUrl, ada.token, PUBLIC_URL)),
  )
  const callsBefore = await internalCalls(stack)
  const bytesBefore = ears.reduce((sum, ear) => sum + ear.bytes, 0)
  const started = performance.now()
  const request = { stream: stream.id, ticket: stream.ticket, epoch: stream.epoch, after: stream.seq }
  const answers = await Promise.all(ears.map((ear) => ear.join([request])))
  const milliseconds = Math.round(performance.now() - started)
  const current = answers.filter((answer) => answer.includes(`"head":${stream.seq + MISSED}`)).length
  const bytes = ears.reduce((sum, ear) => sum + ear.bytes, 0) - bytesBefore
  const calls = (await internalCalls(stack)) - callsBefore
  for (const ear of ears) ear.close()
  return { sockets: RETURNING, missed: MISSED, current, milliseconds, calls, bytes }
}

async function openEars(stack: Stack, ada: Person, boardId: string, count: number): Promise<Ear[]> {
  const { stream } = await call<BoardSnapshot>(ada, `/api/boards/${boardId}`)
  const request = { stream: stream.id, ticket: stream.ticket, epoch: stream.epoch, after: stream.seq }
  const ears: Ear[] = []
  while (ears.length < count) {
    const more = Math.min(50, count - ears.length)
    ears.push(
      ...(await Promise.all(Array.from({ length: more }, () => openEar(stack.realtimeUrl, ada.token, PUBLIC_URL)))),
    )
  }
  await Promise.all(ears.map((ear) => ear.join([request])))
  return ears
}

/** Kilobytes. */
async function residentOf(pid: number): Promise<number> {
  return Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
}

/** How often realtime nodes asked the API, by the API's own count. */
async function internalCalls(stack: Stack): Promise<number> {
  const text = await (await fetch(`${stack.url}/metrics`)).text()
  const lines = text.split('\n').filter((line) => line.includes('_count{') && line.includes('/internal/streams'))
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}
