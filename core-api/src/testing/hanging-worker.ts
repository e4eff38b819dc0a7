import { readConfig } from '../config.ts'
import { openCoreDeps } from '../core-deps.ts'
import { ensureQueues } from '../jobs/ensuring-queues.ts'
import { USUAL } from '../jobs/kinds.ts'
import { type Handlers, startWorking } from '../jobs/working.ts'
import { createLog } from '../log.ts'

// A worker to be killed: it takes the job and never ends it.
const config = readConfig()
const deps = await openCoreDeps(config, createLog(config), new AbortController().signal)
const kinds = { 'test.hang': USUAL }
const handlers = {
  'test.hang': () => {
    process.stdout.write('taken\n')
    return new Promise(() => {})
  },
}
await ensureQueues(deps.pool, kinds)
await startWorking(deps, handlers as unknown as Handlers, kinds)
