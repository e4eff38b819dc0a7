import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startTimeOf } from '../processes.ts'
import { ROOT } from './config.ts'
import { Fault } from './fault.ts'

const WEB = join(ROOT, 'web')
const STAMP = join(WEB, 'build/.built-from')
const LOCK = join(WEB, 'node_modules/.taskflow-building')
const SOURCES = ['web/{src,static}/**/*', 'web/*.{ts,json}', 'shared/src/**/*', 'pnpm-lock.yaml']

/** Builds the web app unless the build that is there was made from the same sources. */
export async function ensureWebBuild(tell: (line: string) => void, signal: AbortSignal): Promise<void> {
  if (isCurrent()) return
  await takeLock(signal)
  try {
    if (isCurrent()) return
    tell('Building the web app …')
    await build(signal)
    writeFileSync(STAMP, fingerprint())
  } finally {
    rmSync(LOCK, { force: true })
  }
}

function isCurrent() {
  return existsSync(STAMP) && existsSync(join(WEB, 'build/index.js')) && readFileSync(STAMP, 'utf8') === fingerprint()
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of globSync(SOURCES, { cwd: ROOT }).sort()) {
    const path = join(ROOT, file)
    if (statSync(path).isFile()) hash.update(file).update(readFileSync(path))
  }
  return hash.digest('hex')
}

async function build(signal: AbortSignal) {
  rmSync(STAMP, { force: true })
  const vite = join(WEB, 'node_modules/vite/bin/vite.js')
  const args = ['--disable-warning=ExperimentalWarning', vite, 'build', '--logLevel', 'warn']
  const child = spawn(process.execPath, args, {
    cwd: WEB,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0)
    throw new Fault(`The web app could not be built:\n${output.trimEnd().split('\n').slice(-30).join('\n')}`)
}

async function takeLock(signal: AbortSignal) {
  const mine = `${process.pid} ${startTimeOf(process.pid)}`
  for (;;) {
    try {
      return writeFileSync(LOCK, mine, { flag: 'wx' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const [pid, startedAt] = readLock()
    if (pid && startTimeOf(Number(pid)) !== startedAt) rmSync(LOCK, { force: true })
    await delay(200, undefined, { signal })
  }
}

function readLock() {
  try {
    return readFileSync(LOCK, 'utf8').split(/ (.*)/)
  } catch {
    return []
  }
}
