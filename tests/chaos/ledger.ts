/** As §6 of the contract has it: Live says that the last position was confirmed within this time. */
const CONFIRMED_MS = 15_000
/** Between the moment of a look and what the look was about. */
const SLACK_MS = 500

export interface Acknowledged {
  what: string
  positions: Record<string, number>
}

export type Ledger = ReturnType<typeof createLedger>

/** What was promised to whom, and what was seen to go wrong. */
export function createLedger() {
  const raised = new Map<string, { head: number; at: number }[]>()
  const faults: string[] = []
  const acknowledged = new Map<string, Acknowledged>()

  const heads = (stream: string) => raised.get(stream) ?? []
  const headOf = (stream: string) => heads(stream).at(-1)?.head ?? 0

  function know(stream: string, seq: number) {
    if (seq <= headOf(stream)) return
    raised.set(stream, [...heads(stream).slice(-2_000), { head: seq, at: Date.now() }])
  }

  return {
    faults,
    acknowledged,
    headOf,
    /** A fact is known to be committed from now on at the latest. */
    know,

    fault(sentence: string) {
      if (faults.length < 50) faults.push(sentence)
    },

    acknowledge(key: string, ack: Acknowledged) {
      acknowledged.set(key, ack)
      for (const [stream, seq] of Object.entries(ack.positions)) know(stream, seq)
    },

    /** How long facts beyond `seq` have been there. */
    behindForMs(stream: string, seq: number): number {
      const next = heads(stream).find(({ head }) => head > seq)
      return next ? Date.now() - next.at : 0
    },

    mayBeLive(stream: string, seq: number): boolean {
      return this.behindForMs(stream, seq) <= CONFIRMED_MS + SLACK_MS
    },
  }
}
