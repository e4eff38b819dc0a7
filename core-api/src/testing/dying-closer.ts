import { closeTask } from '../tasks/closing.ts'
import { readConfig } from '../config.ts'
import { write } from '../context.ts'
import { openCoreDeps } from '../core-deps.ts'
import { createLog } from '../log.ts'

// Closes a task for a person, and is killed the moment after the commit, before anything else can follow.
const [taskId, userId] = process.argv.slice(2) as [string, string]
const config = readConfig()
const deps = await openCoreDeps(config, createLog(config), new AbortController().signal)
deps.relay.publish = () => process.kill(process.pid, 'SIGKILL')
await write(deps, { actor: { kind: 'user', id: userId, name: 'Olga' } }, async (ctx) => ({
  status: 200,
  body: await closeTask(ctx, taskId),
}))
