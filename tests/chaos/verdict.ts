import type { BoardSnapshot, BoardState } from '@taskflow/shared/dto/board.ts'
import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import { isDeepStrictEqual } from 'node:util'
import type { Person } from '../../core-api/src/testing/person.ts'
import { call, type Scene } from './scene.ts'
import type { Writer } from './writer.ts'

const PAGE = 1_000

/** After everything has come to rest: what the streams hold, against what was promised and what each client shows. */
export async function judge(scene: Scene): Promise<{ facts: number; writes: number }> {
  const facts = new Map<string, Envelope[]>()
  for (const stream of scene.allStreams) facts.set(stream, await readAll(scene.outsider, stream))
  for (const [stream, list] of facts) judgeStream(scene, stream, list)
  judgePromises(scene, facts)
  for (const writer of scene.writers) judgeOrder(scene, writer, facts)
  for (const [i, boardId] of scene.boardIds.entries()) await judgeReplicas(scene, boardId, i)
  return {
    facts: [...facts.values()].reduce((sum, list) => sum + list.length, 0),
    writes: scene.ledger.acknowledged.size,
  }
}

export async function readAll(person: Person, stream: string): Promise<Envelope[]> {
  const { epoch, seq } = await call<{ epoch: string; seq: number }>(person, 'GET', `/api/streams/${stream}/ticket`)
  const facts: Envelope[] = []
  while (facts.length < seq) {
    const path = `/api/streams/${stream}/events?epoch=${epoch}&after=${facts.length}&limit=${PAGE}`
    const { events } = await call<{ events: Envelope[] }>(person, 'GET', path)
    if (events.length === 0) throw new Error(`${stream} ends at ${facts.length} of ${seq}`)
    facts.push(...events)
  }
  return facts
}

/** I2, and that the reader was told just this. */
export function judgeStream({ reader, ledger }: Pick<Scene, 'reader' | 'ledger'>, stream: string, facts: Envelope[]) {
  const wrong = facts.findIndex(({ seq }, i) => seq !== i + 1)
  if (wrong >= 0) ledger.fault(`I2: ${stream} has ${facts[wrong]!.seq} in place of ${wrong + 1}`)
  const unordered = facts.findIndex(({ at }, i) => i > 0 && at < facts[i - 1]!.at)
  if (unordered > 0 && Date.parse(facts[unordered - 1]!.at) - Date.parse(facts[unordered]!.at) > 1_000) {
    ledger.fault(`I2: ${stream} goes back in time at ${unordered + 1}`)
  }
  const heard = reader.factsOf(stream)
  const first = heard[0]?.seq ?? 1
  const differs = heard.findIndex((fact, i) => !isDeepStrictEqual(fact, facts[first - 1 + i]))
  if (differs >= 0) ledger.fault(`The reader was told otherwise about ${stream} ${heard[differs]!.seq}`)
  if (reader.seqOf(stream) !== facts.length) ledger.fault(`The reader never heard the end of ${stream}`)
}

/** I1: exactly once if acknowledged, never if refused, at most once in any case. */
function judgePromises({ ledger, allStreams, writers }: Scene, facts: Map<string, Envelope[]>) {
  const found = new Map<string, { stream: string; seq: number }[]>()
  for (const { mutation, stream, seq } of [...facts.values()].flat()) {
    if (!mutation) continue
    const places = found.get(mutation) ?? []
    if (places.some((place) => place.stream === stream)) ledger.fault(`I1: ${mutation} is twice in ${stream}`)
    found.set(mutation, [...places, { stream, seq }])
  }
  for (const [key, { what, positions }] of ledger.acknowledged) {
    const places = found.get(key) ?? []
    if (places.length === 0 && !mayChangeNothing(what)) ledger.fault(`I1: ${what} was acknowledged and is in no stream`)
    for (const { stream, seq } of places) {
      if (positions[stream] !== seq) ledger.fault(`I1: ${what} is at ${stream} ${seq}, not at ${positions[stream]}`)
    }
    const named = Object.keys(positions).filter((stream) => allStreams.includes(stream))
    if (places.length > 0 && places.length !== named.length) ledger.fault(`I1: ${what} is in ${places.length} streams`)
    if (named.length === 0) ledger.fault(`I1: the answer to ${what} names no position`)
  }
  for (const { refused } of writers) {
    for (const key of refused) if (found.has(key)) ledger.fault(`I1: ${key} was refused and is in a stream`)
  }
}

/** To assign who is assigned, or to move a card to where it lies, is done without a fact. */
const mayChangeNothing = (what: string) => /^(PUT|DELETE) .*\/(assignees\/|position)/.test(what)

/** First typed, first written, where writes share a stream. */
function judgeOrder({ ledger }: Scene, { name, typed }: Writer, facts: Map<string, Envelope[]>) {
  for (const [stream, list] of facts) {
    const seqs = new Map(list.map(({ mutation, seq }) => [mutation, seq]))
    const order = typed
      .filter(({ write }) => write.streams.includes(stream))
      .map(({ write }) => seqs.get(write.key))
      .filter((seq) => seq !== undefined)
    if (order.some((seq, i) => i > 0 && seq < order[i - 1]!))
      ledger.fault(`${name}'s writes in ${stream} were reordered`)
  }
}

/** I3: everybody shows what the server has, at the same position. */
async function judgeReplicas({ outsider, writers, ledger }: Scene, boardId: string, i: number) {
  const { stream, ...state } = await call<BoardSnapshot>(outsider, 'GET', `/api/boards/${boardId}`)
  for (const { name, boards } of writers) {
    const view = boards[i]!
    if (view.position?.seq !== stream.seq) ledger.fault(`I7: ${name} rests at ${view.position?.seq} of ${stream.seq}`)
    else if (!isDeepStrictEqual(inOrder(view.state!), inOrder(state))) ledger.fault(`I3: ${name} shows another board`)
  }
}

const inOrder = ({ board, ...lists }: BoardState) => ({
  board,
  ...Object.fromEntries(Object.entries(lists).map(([name, rows]) => [name, rows.toSorted(byId)])),
})

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
