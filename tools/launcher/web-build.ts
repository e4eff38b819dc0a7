import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { takeBuildLock } from './build-lock.ts'
import { ROOT } from './config.ts'
import { Fault } from './fault.ts'

const WEB = join(ROOT, 'web')
const STAMP = join(WEB, 'build/.built-from')
const LOCK = join(WEB, 'node_modules/.taskflow-building')
const SOURCES = ['web/{src,static}/**/*', 'web/*.{ts,json}', 'shared/src/**/*', 'pnpm-lock.yaml']
const NOT_BUILT = ['**/*.test.ts', '**/testing/**']

/** Builds the web app unless the build that is there was made from the same sources. */
export async function ensureWebBuild(tell: (line: string) => void, signal: AbortSignal): Promise<void> {
  if (isCurrent()) return
  const lock = await takeBuildLock(LOCK, signal)
  try {
    if (isCurrent()) return
    tell('Building the web app …')
    await build(signal, lock.add)
    writeFileSync(STAMP, fingerprint())
  } finally {
    lock.release()
  }
}

function isCurrent() {
  return existsSync(STAMP) && existsSync(join(WEB, 'build/index.js')) && readFileSync(STAMP, 'utf8') === fingerprint()
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of listWebSources()) hash.update(file).update(readFileSync(join(ROOT, file)))
  return hash.digest('hex')
}

export function listWebSources(): string[] {
  const found = globSync(SOURCES, { cwd: ROOT, exclude: NOT_BUILT }).sort()
  return found.filter((file) => statSync(join(ROOT, file)).isFile())
}

async function build(signal: AbortSignal, note: (name: string, pid: number) => void) {
  rmSync(STAMP, { force: true })
  const vite = join(WEB, 'node_modules/vite/bin/vite.js')
  const args = ['--disable-warning=ExperimentalWarning', vite, 'build', '--logLevel', 'warn']
  const child = spawn(process.execPath, args, {
    cwd: WEB,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  if (child.pid) note('vite', child.pid)
  let failure: unknown
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  child.once('error', (error) => (failure = error))
  // Also when it was told to stop: until it has gone, nobody else may build.
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (failure) throw failure
  if (code !== 0)
    throw new Fault(`The web app could not be built:\n${output.trimEnd().split('\n').slice(-30).join('\n')}`)
}
