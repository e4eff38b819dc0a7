import type { Thing, Things } from '#lib/keys/keys.svelte.ts'

export interface Found {
  section: string
  rows: Thing[]
  state: 'found' | 'busy' | 'failed'
  /** Whoever offers them has to ask somebody else first. */
  isLate: boolean
}

/** Answers how to look for a text: what is found is shown as it comes, and what was found before stays until then. */
export function createFinding(show: (found: Found[]) => void) {
  let found: Found[] = []
  let asked = 0

  return function find(sources: Things[], text: string): void {
    const own = ++asked
    const set = (index: number, change: Partial<Found>) => {
      if (own !== asked) return
      found = found.with(index, { ...found[index]!, ...change })
      show(found)
    }
    found = sources.map(({ section }) => {
      const before = found.find((one) => one.section === section)
      return before ?? { section, rows: [], state: 'found', isLate: false }
    })
    show(found)
    sources.forEach((source, index) => {
      const answer = source.find(text)
      if (Array.isArray(answer)) return set(index, { rows: answer, state: 'found', isLate: false })
      set(index, { state: 'busy', isLate: true })
      answer.then(
        (rows) => set(index, { rows, state: 'found' }),
        () => set(index, { rows: [], state: 'failed' }),
      )
    })
  }
}
