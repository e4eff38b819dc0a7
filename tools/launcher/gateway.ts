import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nginxArguments, renderNginxConf } from '../../gateway/render.ts'
import { findOnPath } from '../redis.ts'
import type { Children } from './children.ts'
import { type Environment, ROOT } from './config.ts'
import { NODE_FLAGS, type Ports, type StartConfig } from './services.ts'

interface Gateway {
  name: string
  clean(): void
}

export function startGateway(config: StartConfig, ports: Ports, env: Environment, children: Children): Gateway {
  const nginx = findOnPath('nginx')
  return nginx ? startNginx(nginx, config, ports, children) : startProxy('no nginx on the PATH', env, children)
}

/** Passes every upgrade on, as Vite needs it; nginx passes those to the socket service only. */
export function startProxy(why: string, env: Environment, children: Children): Gateway {
  children.start({
    name: 'gateway',
    command: process.execPath,
    args: [...NODE_FLAGS, 'proxy.ts'],
    cwd: join(ROOT, 'gateway'),
    env,
  })
  return { name: `Node proxy (${why})`, clean: () => {} }
}

function startNginx(nginx: string, config: StartConfig, ports: Ports, children: Children): Gateway {
  const directory = process.getuid?.() === 0 ? enterableFolder(config.dataDir) : join(config.dataDir, 'gateway')
  mkdirSync(directory, { recursive: true })
  const file = join(directory, 'nginx.conf')
  const conf = renderNginxConf({
    host: config.host,
    port: config.port,
    apiNodes: [`127.0.0.1:${ports.api}`],
    realtimeNodes: [`127.0.0.1:${ports.realtime}`],
    webNodes: [`127.0.0.1:${ports.web}`],
    directory,
    rateLimitScale: config.rateLimitScale,
    trustedProxies: config.trustedProxies,
  })
  writeFileSync(file, conf)
  children.start({ name: 'gateway', command: nginx, args: nginxArguments(directory, file), cwd: ROOT, env: {} })
  return { name: `nginx (${nginx})`, clean: () => rmSync(directory, { recursive: true, force: true }) }
}

/** The workers of a root nginx are another user, who may not be able to enter the data folder. */
function enterableFolder(dataDir: string): string {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const folder = join(tmpdir(), `taskflow-gateway-${name}`)
  // Whoever made the name first in a folder for all could read or change what is put there.
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return !found || (found.isDirectory() && found.uid === 0) ? folder : mkdtempSync(`${folder}-`)
}
