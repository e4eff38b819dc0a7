import { setTimeout as delay } from 'node:timers/promises'
import { messageFrame } from './frames.ts'
import type { Peer } from './peer.ts'

const STEPS = 20
/** The share of the time in which clients go by themselves. */
const BY_THEMSELVES = 0.7

/** Asks everybody to reconnect elsewhere within `withinMs`, spread out; the rest is closed, spread out too. */
export async function drain(peers: ReadonlySet<Peer>, withinMs: number): Promise<void> {
  const after = Math.round(withinMs * BY_THEMSELVES)
  const frame = messageFrame('moving', { after })
  for (const peer of peers) peer.write(frame)
  const until = Date.now() + after
  while (peers.size > 0 && Date.now() < until) await delay(Math.min(100, after))
  const stepMs = (withinMs - after) / STEPS
  for (let step = 0; step < STEPS && peers.size > 0; step++) {
    const share = Math.ceil(peers.size / (STEPS - step))
    for (const peer of [...peers].slice(0, share)) peer.close('moving')
    await delay(stepMs)
  }
}
