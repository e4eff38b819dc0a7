import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const CHECK_EVERY_MS = 5_000
const RESTS_BELOW = 0.05
const TIMES = 2

// For --import. Loading modules leaves up to 100 MB of garbage that V8 keeps while a process idles: it is handed back
// once that is so, twice, for the second finds what the first let go. Plain JavaScript: web then never loads Node's
// TypeScript parser, which takes 10 MB.
let before = process.cpuUsage()
let times = 0
const timer = setInterval(() => {
  const { user, system } = process.cpuUsage(before)
  if ((user + system) / 1000 < RESTS_BELOW * CHECK_EVERY_MS) {
    setFlagsFromString('--expose-gc')
    runInNewContext('gc')({ type: 'major', execution: 'sync', flavor: 'last-resort' })
    if (++times === TIMES) clearInterval(timer)
  }
  before = process.cpuUsage()
}, CHECK_EVERY_MS)
timer.unref()
