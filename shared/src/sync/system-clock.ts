import type { Clock } from './edges.ts'

/** For hosts to hand in; the engine itself never looks at a clock of its own. */
export const systemClock: Clock = {
  now: Date.now,
  random: Math.random,
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
