import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const SETTLED_AFTER_MS = 1_000

// Loading the modules leaves some 100 MB of garbage that V8 keeps while the process idles: hand it back once.
export function releaseStartupMemory(): void {
  setTimeout(() => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as (options: Record<string, string>) => void
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  }, SETTLED_AFTER_MS).unref()
}
