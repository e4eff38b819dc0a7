import { readConfig } from '../config.ts'
import { openCoreDeps } from '../core-deps.ts'
import { createLog } from '../log.ts'
import { countLeftBehind } from '../notifications/counting.ts'
import { sweepReminders } from '../reminders/sweeping.ts'

// A worker to be killed, which does nothing but look for reminders and counts that are due.
const config = readConfig()
const deps = await openCoreDeps(config, createLog(config), new AbortController().signal)
process.stdout.write('ready\n')
for (;;) {
  await sweepReminders(deps)
  await countLeftBehind(deps)
  await new Promise((done) => setTimeout(done, 20))
}
