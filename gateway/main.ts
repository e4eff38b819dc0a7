import { spawn } from 'node:child_process'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readGatewayConfig } from './config.ts'
import type { GatewayConfig } from './config.ts'
import { addressesOf } from './resolving.ts'
import { nginxArguments, renderNginxConf } from './render.ts'

const LOOK_AGAIN_MS = 5000

// nginx asks for a name once, when it reads its file. Replicas that come, go or move are followed here instead.
const config = readGatewayConfig(process.env)
mkdirSync(config.directory, { recursive: true })
const file = join(config.directory, 'nginx.conf')
let current = await renderNow(config)
write(current)

const nginx = spawn('nginx', nginxArguments(config.directory, file), { stdio: 'inherit' })
nginx.on('error', (error) => stopWith(`nginx cannot be started: ${error.message}`))
nginx.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGTERM' || signal === 'SIGQUIT' ? 0 : 1)))
process.on('SIGTERM', () => nginx.kill('SIGQUIT'))
process.on('SIGINT', () => nginx.kill('SIGTERM'))
setInterval(() => void follow(), LOOK_AGAIN_MS)

async function follow() {
  const next = await renderNow(config)
  if (next === current) return
  current = next
  write(next)
  nginx.kill('SIGHUP')
}

async function renderNow(settings: GatewayConfig): Promise<string> {
  const [apiNodes, realtimeNodes, webNodes] = await Promise.all(
    [settings.apiNodes, settings.realtimeNodes, settings.webNodes].map(addressesOf),
  )
  return renderNginxConf({ ...settings, apiNodes: apiNodes!, realtimeNodes: realtimeNodes!, webNodes: webNodes! })
}

function write(text: string) {
  writeFileSync(file + '.next', text)
  renameSync(file + '.next', file)
}

function stopWith(reason: string): never {
  console.error(reason)
  process.exit(1)
}
