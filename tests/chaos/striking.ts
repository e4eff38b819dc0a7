import { setTimeout as delay } from 'node:timers/promises'
import { killAndStart } from '../stack/spawning.ts'
import type { Scene } from './scene.ts'

const STRIKES = 8
const BETWEEN_MS = 2_500
const AWAY_MS = 1_500
const CAUGHT_UP_WITHIN_MS = 60_000

/** What the seed decides: the next to die, when, and for how long; workers and core-api, one or all, and Postgres. */
export async function strikeAtRandom(scene: Scene, tell: (line: string) => void): Promise<void> {
  const { random } = scene
  const strikes = listStrikes(scene)
  for (let n = 0; n < STRIKES; n++) {
    await delay(random.below(BETWEEN_MS))
    const { name, strike } = random.pick(strikes)
    const awayMs = random.below(AWAY_MS)
    tell(`${name}, away for ${awayMs} ms`)
    await strike(awayMs)
  }
  await catchUp(scene)
}

function listStrikes({ stack, stores }: Scene) {
  const { apis, workers } = stack
  const postgres = (signal: 'SIGINT' | 'SIGQUIT') => async (awayMs: number) => {
    await stores.postgres.stop(signal)
    await delay(awayMs)
    await stores.postgres.start()
  }
  const doomed = [...[...workers, ...apis].map((one) => [one]), workers, apis, [workers[0]!, apis[0]!]]
  return [
    ...doomed.map((some) => ({
      name: `${some.map(({ name }) => name).join(' and ')} killed`,
      strike: (awayMs: number) => killAndStart(some, awayMs),
    })),
    { name: 'Postgres restarted', strike: postgres('SIGINT') },
    { name: 'Postgres crashed', strike: postgres('SIGQUIT') },
  ]
}

/** One strike after the other leaves much to be sent again, in order; what one alone may cost is measured elsewhere. */
async function catchUp({ writers, slack }: Scene): Promise<void> {
  const end = Date.now()
  const isBehind = () => writers.some(({ unansweredBefore }) => unansweredBefore(end) > 0)
  while (isBehind() && Date.now() < end + CAUGHT_UP_WITHIN_MS * slack) await delay(50)
}
