import type { Scene } from './scene.ts'

const LOOK_EVERY_MS = 25

/** I10: whoever says Live has, or had within the last 15 s, all that there is. */
export function watchLive({ writers, streams, ledger }: Scene) {
  const counts = { looks: 0, live: 0, furthestBehindWhileLiveMs: 0 }
  const timer = setInterval(() => {
    for (const { name, boards } of writers) {
      for (const [i, view] of boards.entries()) {
        counts.looks++
        if (view.status.is !== 'live') continue
        counts.live++
        const seq = view.position!.seq
        const behindMs = ledger.behindForMs(streams[i]!, seq)
        counts.furthestBehindWhileLiveMs = Math.max(counts.furthestBehindWhileLiveMs, behindMs)
        if (!ledger.mayBeLive(streams[i]!, seq)) {
          ledger.fault(`I10: ${name} says Live at ${seq} of ${ledger.headOf(streams[i]!)}, ${behindMs} ms behind`)
        }
      }
    }
  }, LOOK_EVERY_MS)
  return { counts, stop: () => clearInterval(timer) }
}
