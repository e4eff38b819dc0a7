import assert from 'node:assert/strict'
import { suite as uvuSuite } from 'uvu'

export { assert }

type Step = () => unknown

export interface Suite {
  (rule: string, body: Step): void
  skip(rule?: string, body?: Step): void
  before: Hook
  after: Hook
  run(): void
}

interface Hook {
  (step: Step): void
  each(step: Step): void
}

let running = ''
let begun = false

/** uvu swallows what `before` and `after` throw and forgets a suite that nobody ran: here each of these fails. With
 *  `lacking`, what the machine does not have, all of it is skipped. */
export function suite(name: string, lacking?: string): Suite {
  const inner = uvuSuite(name)
  let ran = false
  let beforeFailure: { error: unknown } | undefined

  const run = () => {
    if (ran) return
    if (begun) throw new Error(`Suite "${name}" ran after another had begun: run all suites of a file before awaiting`)
    ran = true
    inner.run()
  }

  const skip = (rule?: string) => {
    if (rule) console.log(`skipped: ${name}: ${rule}${lacking ? ` (${lacking})` : ''}`)
    inner.skip(rule)
  }

  const test = (rule: string, body: Step) => {
    if (lacking) return skip(rule)
    inner(rule, async () => {
      begun = true
      running = `${name}: ${rule}`
      if (beforeFailure) throw beforeFailure.error
      await body()
      running = ''
    })
  }

  const guardBefore = (step: Step) => async () => {
    begun = true
    running = `${name}: before`
    if (beforeFailure) return
    try {
      await step()
    } catch (error) {
      beforeFailure = { error }
    }
  }

  const guardAfter = (step: Step) => async () => {
    running = `${name}: after`
    try {
      await step()
    } catch (error) {
      failAtExit(`after of "${name}" failed`, error)
    }
    running = ''
  }

  process.once('beforeExit', run)
  return Object.assign(test, {
    skip,
    before: Object.assign((step: Step) => void (lacking || inner.before(guardBefore(step))), {
      each: (step: Step) => inner.before.each(async () => void (beforeFailure || (await step()))),
    }),
    after: Object.assign((step: Step) => void (lacking || inner.after(guardAfter(step))), {
      each: (step: Step) => inner.after.each(guardAfter(step)),
    }),
    run,
  })
}

function failAtExit(what: string, error: unknown) {
  console.error(`${what}:`, error)
  process.once('exit', () => (process.exitCode = 1))
}

process.once('SIGTERM', () => {
  console.error(running ? `Still running: ${running}` : 'No test was running')
  process.exit(1)
})
