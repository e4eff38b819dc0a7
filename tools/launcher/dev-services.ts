import { join } from 'node:path'
import type { Command } from './children.ts'
import { ROOT } from './config.ts'
import { describeServices, NODE_FLAGS } from './services.ts'
import type { Mode } from './stack.ts'

export const describeFor = (mode: Mode) => (mode === 'built' ? describeServices : describeDevServices)

/** The same services, reloaded on change, and Vite in place of the built web app. */
function describeDevServices(...[config, secrets, stores, ports]: Parameters<typeof describeServices>) {
  const env = { ...config.env, NODE_ENV: 'development' }
  const services = describeServices({ ...config, env }, secrets, stores, ports)
  const vite = [join(ROOT, 'web/node_modules/vite/bin/vite.js'), 'dev', '--host', '127.0.0.1', '--strictPort']
  return {
    ...services,
    api: watched(services.api),
    worker: watched(services.worker),
    realtime: watched(services.realtime),
    web: { ...services.web, args: [...NODE_FLAGS, ...vite, '--port', String(ports.web), '--clearScreen', 'false'] },
  }
}

function watched(command: Command): Command {
  return { ...command, args: ['--watch', '--watch-preserve-output', ...command.args] }
}
