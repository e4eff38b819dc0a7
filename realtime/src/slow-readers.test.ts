import { boardStream } from '@taskflow/shared/names.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { setTimeout as delay } from 'node:timers/promises'
import type { Socket } from 'node:net'
import type { TestClient } from './testing/client.ts'
import { createWorld, type World } from './testing/world.ts'

const test = suite('slow readers')
let world: World

test.before(async () => {
  world = await createWorld()
})
test.after(() => world.close())

/** The process behind this socket stops reading: what the system has buffered stays there. */
const freeze = ({ socket }: TestClient) => {
  const { ws } = socket.io.engine.transport as unknown as { ws: { _socket: Socket } }
  ws._socket.pause()
  return ws._socket
}
const closedSlow = async (url: string) =>
  Number(/realtime_closed_total\{reason="slow"\} (\d+)/.exec(await (await fetch(`${url}/metrics`)).text())?.[1] ?? 0)

test('who does not read is cut off, others hear everything, and the position brings the reader back', async () => {
  const node = await world.startNode()
  const board = boardStream(newId())
  const [ada, frozen] = [await world.connect('ada', node), await world.connect('ben', node)]
  await Promise.all([ada.join(board), frozen.join(board)])
  const underneath = freeze(frozen)
  let seq = 0
  while ((await closedSlow(node.url)) === 0) {
    await world.act(board, 'task.updated', { id: newId(), text: 'x'.repeat(50_000) })
    await ada.hears(board, ++seq)
    assert.ok(seq < 1_000, 'nothing was cut off')
  }
  underneath.resume()
  await frozen.until(() => frozen.heard.closed !== undefined)
  const got = frozen.seqs(board)
  assert.deepEqual(
    got,
    Array.from({ length: got.length }, (_, i) => i + 1),
  )
  assert.ok(got.length < seq)
  const back = await world.connect('ben', node)
  // What is older than the ring's bytes allow comes from a snapshot, so this reader was away for the last facts only.
  assert.equal((await back.join(board, { after: seq - 10 })).ok, true)
  assert.equal(back.seqs(board).length, 10)
  assert.deepEqual(ada.seqs(board).length, seq)
})

test('bytes that wait too long are enough, even if nothing follows them', async () => {
  const node = await world.startNode({ unsentPatienceMs: 4_000, housekeepingEveryMs: 20, headsEveryMs: 60_000 })
  const board = boardStream(newId())
  const [ada, frozen] = [await world.connect('ada', node), await world.connect('ben', node)]
  await Promise.all([ada.join(board), frozen.join(board)])
  freeze(frozen)
  await world.act(board, 'task.updated', { id: newId(), text: 'x'.repeat(16_000_000) })
  await ada.hears(board, 1)
  for (let looks = 0; (await closedSlow(node.url)) === 0; looks++) {
    assert.ok(looks < 1_500, 'nothing was cut off')
    await delay(20)
  }
  assert.ok(ada.socket.connected)
})

test.run()
