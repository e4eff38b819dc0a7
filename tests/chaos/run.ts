import { setTimeout as delay } from 'node:timers/promises'
import { CONVERGE_WITHIN_MS, measureConvergence } from './convergence.ts'
import { type FaultName, faults } from './faults.ts'
import { watchLive } from './live-watch.ts'
import { judgeOffice } from './office/verdict.ts'
import { openScene, type Scene } from './scene.ts'
import { strikeAtRandom } from './striking.ts'
import { judge } from './verdict.ts'

const REST_WITHIN_MS = 15_000
const BETWEEN_MS = 400

interface RunOptions {
  names: FaultName[]
  /** How often each person does something, on average. */
  everyMs: number
  /** How many times as long as promised everything may take: for a machine that does other things as well. */
  slack?: number
  /** With one, things die at random moments as well, and it is proved that everybody is told what concerns them, once. */
  seed?: number
  tell: (line: string) => void
  /** More that is tried on the same stack once the people have come to rest. */
  afterwards?: (scene: Scene) => Promise<void>
}

/** Lets people work while one thing after the other goes wrong; answers what should not have happened. */
export async function runChaos({ names, everyMs, slack = 1, seed, tell, afterwards }: RunOptions): Promise<string[]> {
  const scene = await openScene({ everyMs, slack, seed })
  try {
    const watch = watchLive(scene)
    await meet(scene, 'calm', async () => delay(1_000), tell)
    for (const name of names) await meet(scene, name, () => faults[name](scene), tell)
    if (seed !== undefined) await strikeAtRandom(scene, tell)
    await Promise.all([...scene.writers, ...(scene.office ? [scene.office] : [])].map((one) => one.rest()))
    await rest(scene)
    const { facts, writes } = await judge(scene)
    watch.stop()
    tell(`${writes} acknowledged writes, ${facts} facts on two boards`)
    tell(
      `Live in ${watch.counts.live} of ${watch.counts.looks} looks; while Live at most ` +
        `${watch.counts.furthestBehindWhileLiveMs} ms behind`,
    )
    tell(`The outsider connected ${scene.reader.counts.connects} times and met ${scene.reader.counts.gaps} gaps`)
    if (scene.office) for (const line of await judgeOffice(scene.office, slack, workerKills(scene))) tell(line)
    await afterwards?.(scene)
    return scene.ledger.faults
  } catch (error) {
    scene.ledger.fault(String(error))
    throw error
  } finally {
    if (scene.ledger.faults.length > 0) tellOutput(scene, tell)
    await scene.close()
  }
}

const workerKills = ({ stack }: Scene) => stack.workers.reduce((sum, worker) => sum + worker.kills(), 0)

function tellOutput({ stack, ledger }: Scene, tell: (line: string) => void) {
  const { apis, realtimes, workers, gateway } = stack
  for (const { name, output } of [...apis, ...realtimes, ...workers, gateway.service]) tell(`--- ${name}\n${output()}`)
  for (const fault of ledger.faults) tell(fault)
}

async function meet(scene: Scene, name: string, fault: () => Promise<void>, tell: (line: string) => void) {
  await fault()
  const { ms, last } = await measureConvergence(scene)
  tell(
    `${name.padEnd(45)} ${String(ms).padStart(6)} ms until all have converged${ms > 1_000 ? `: ${last.join('; ')}` : ''}`,
  )
  if (ms > CONVERGE_WITHIN_MS * scene.slack)
    scene.ledger.fault(`I7: after "${name}" it took ${ms} ms; ${last.join('; ')}`)
  await delay(BETWEEN_MS)
}

async function rest({ slack, writers, streams, allStreams, reader, ledger }: Scene) {
  const isAtRest = () =>
    writers.every(({ pending, boards }) => pending() === 0 && boards.every((view) => view.status.is === 'live')) &&
    allStreams.every((stream) => reader.seqOf(stream) === ledger.headOf(stream)) &&
    streams.every((stream, i) => writers.every(({ boards }) => boards[i]!.position?.seq === ledger.headOf(stream)))
  for (const until = Date.now() + REST_WITHIN_MS * slack; !isAtRest(); await delay(20)) {
    if (Date.now() > until) return ledger.fault('I7: not everybody came to rest')
  }
}
