import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { listSteps, type Step } from './check/steps.ts'

const ROOT = resolve(import.meta.dirname, '..')
const fix = process.argv.includes('--fix')
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const steps = listSteps(ROOT, fix).filter(({ name }) => names.length === 0 || names.some((part) => name.includes(part)))
const failed: string[] = []
const startedAt = performance.now()

const runOne = async ({ name, run }: Step) => {
  const begunAt = performance.now()
  const { ok, output } = await run()
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${name} (${((performance.now() - begunAt) / 1000).toFixed(1)} s)`)
  if (ok) return
  failed.push(name)
  console.log(`${output.trim().replace(/^/gm, '      ')}\n`)
}

// What is formatted must be written before the others read it.
if (fix) for (const step of steps.splice(0, 2)) await runOne(step)
const runNext = async () => {
  for (let step = steps.shift(); step; step = steps.shift()) await runOne(step)
}
await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, runNext))

const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
console.log(failed.length === 0 ? `\nAll is well (${seconds} s).` : `\nFailed: ${failed.join(', ')} (${seconds} s).`)
process.exitCode = failed.length === 0 ? 0 : 1
