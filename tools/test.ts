import { availableParallelism } from 'node:os'
import { relative, resolve } from 'node:path'
import { ensureWebBuild } from './launcher/web-build.ts'
import { failuresIn } from './testing/failures.ts'
import { startTestStores } from './testing/stores-for-run.ts'
import { findTests, isMostlyWaiting, isWholeStack, needsWebBuild } from './testing/find-tests.ts'
import { nothingLeft, runFile, type FileResult } from './testing/run-file.ts'

const ROOT = resolve(import.meta.dirname, '..')
const FILE_LIMITS = { timeLimitMs: 300_000, lingerMs: 5_000 }
const WHOLE_STACK_LIMITS = { timeLimitMs: 900_000, lingerMs: 10_000 }
// One more than there are processors, for tests wait a lot.
const AT_ONCE = availableParallelism() + 1

const pathParts = process.argv.slice(2).map((part) => relative(ROOT, resolve(ROOT, part)) || part)
const files = findTests(ROOT, pathParts)
const startedAt = performance.now()
const results: FileResult[] = []

if (files.length > 0) {
  const [stores] = await Promise.all([startTestStores(), buildWebOnce()])
  try {
    await runAll({ ...process.env, NODE_ENV: 'test', ...stores.env })
    await nothingLeft()
  } finally {
    await stores.close()
  }
}
report()

/** Before the clock of any file runs; if it cannot be built, those that need it say so. */
async function buildWebOnce() {
  if (process.env.E2E_URL || !files.some(needsWebBuild)) return
  await ensureWebBuild(console.log, new AbortController().signal).catch((error: Error) => console.log(error.message))
}

async function runAll(env: NodeJS.ProcessEnv) {
  const waiting = files.filter(isMostlyWaiting)
  const others = files.filter((file) => !isMostlyWaiting(file))
  const runEach = async (next: () => string | undefined): Promise<void> => {
    for (let file = next(); file; file = next()) {
      const result = await runFile(ROOT, file, env, isWholeStack(file) ? WHOLE_STACK_LIMITS : FILE_LIMITS)
      results.push(result)
      show(result)
    }
  }
  const lanes = Array.from({ length: AT_ONCE }, () => runEach(() => others.shift() ?? waiting.shift()))
  await Promise.all([...lanes, runEach(() => waiting.shift())])
}

function show(result: FileResult) {
  const seconds = (result.ms / 1000).toFixed(1)
  if (!result.fault) return console.log(`ok    ${result.file} (${result.passed} in ${seconds} s)`)
  console.log(`FAIL  ${result.file}: ${result.fault} (${seconds} s)\n${result.output.trimEnd()}\n`)
}

function report() {
  const sum = (key: 'passed' | 'failed' | 'skipped') => results.reduce((total, result) => total + result[key], 0)
  const failing = results.filter((result) => result.fault)
  // Once more at the end, where it is seen, and where a log that was cut short still has it.
  if (failing.length > 0) console.log('\nFailed:')
  for (const { file, fault, output } of failing) console.log(`  ${file}: ${fault}\n${failuresIn(output)}`)
  if (results.length === 0) console.log('No test file matched.')
  console.log(`\n${results.length} files in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`)
  process.exit(failing.length === 0 && sum('passed') > 0 && sum('failed') === 0 ? 0 : 1)
}
