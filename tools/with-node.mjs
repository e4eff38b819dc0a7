// Runs a TypeScript file with the pinned Node, after installing what the lockfile names. Needs Node 20 and npm only.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const PNPM = 'pnpm@12.21.0'
const ROOT = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')
const MODULES = join(ROOT, 'node_modules')
const NODE = join(MODULES, '.bin/node')
const STAMP = join(MODULES, '.taskflow-installed')
const LOCK = join(MODULES, '.taskflow-installing')
const LOCK_STALE_AFTER_MS = 15 * 60_000
const PARENT_CHECK_MS = 500

const [script, ...args] = process.argv.slice(2)
if (!script) fail('Usage: node tools/with-node.mjs <file.ts> [arguments]')
if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Taskflow needs Node 20 or newer to begin with; this is ${process.version}. It fetches the rest itself.`)
}
if (!isInstalled()) await install()
handOver()

function isInstalled() {
  return existsSync(NODE) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint()
}

function fingerprint() {
  const folders = ['.', ...workspaceFolders()]
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...folders.map((folder) => join(folder, 'package.json'))]
  const hash = createHash('sha256').update(`${PNPM} ${process.platform} ${process.arch}`)
  for (const file of files) hash.update(file).update(existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file)) : '')
  return hash.digest('hex')
}

function pinnedNode() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).devDependencies.node
}

function workspaceFolders() {
  const packages = /^packages:\n((?: +- .*\n?)+)/m.exec(readFileSync(join(ROOT, 'pnpm-workspace.yaml'), 'utf8'))
  return packages[1].match(/[\w/-]+$/gm)
}

async function install() {
  try {
    mkdirSync(MODULES, { recursive: true })
  } catch (error) {
    fail(`Cannot install into ${MODULES}: ${error.message}`)
  }
  await takeLock()
  process.once('exit', () => rmSync(LOCK, { force: true }))
  if (!isInstalled()) {
    console.log(`Installing Node and packages (once, and again when the lockfile changes) …`)
    // The packages will run on the pinned Node, not on the one that installs them.
    const settings = [`--config.node-version=${pinnedNode()}`, '--config.confirmModulesPurge=false']
    const code = await run('npx', ['--yes', PNPM, 'install', '--frozen-lockfile', ...settings])
    if (code !== 0) fail(`The installation failed (exit code ${code}): see the lines above, then try again.`)
    if (!existsSync(NODE)) fail('The installation brought no Node: remove node_modules and try again.')
    writeFileSync(STAMP, fingerprint())
  }
  rmSync(LOCK, { force: true })
}

async function takeLock() {
  for (let told = false; ;) {
    try {
      return writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
    } catch (error) {
      if (error.code !== 'EEXIST') fail(`Cannot install into ${MODULES}: ${error.message}`)
    }
    if (lockIsStale()) rmSync(LOCK, { force: true })
    else {
      if (!told) console.log('Another process is installing; waiting for it …')
      told = true
      await delay(300)
    }
  }
}

function lockIsStale() {
  try {
    if (Date.now() - statSync(LOCK).mtimeMs > LOCK_STALE_AFTER_MS) return true
    // What a killed one left installing counts too. Between creation and writing the file is empty: its owner lives.
    const pids = readFileSync(LOCK, 'utf8').split(' ').map(Number)
    return pids.every((pid) => pid > 0 && hasGone(pid))
  } catch {
    return false
  }
}

function hasGone(pid) {
  try {
    process.kill(pid, 0)
    return statOf(pid)[0] === 'Z'
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

function run(command, commandArgs) {
  return new Promise((done) => {
    const child = spawn(command, commandArgs, { cwd: ROOT, stdio: 'inherit' })
    if (child.pid) writeFileSync(LOCK, `${process.pid} ${child.pid}`)
    passSignalsTo(child)
    child.once('error', (error) => fail(`Cannot run ${command}: ${error.message}. Install npm beside Node.`))
    child.once('exit', (code, signal) => (signal ? process.exit(130) : done(code)))
  })
}

function handOver() {
  const nodeArgs = ['--disable-warning=ExperimentalWarning', resolve(ROOT, script), ...args]
  const env = { NODE_COMPILE_CACHE: join(MODULES, '.cache/node'), ...process.env }
  const child = spawn(NODE, nodeArgs, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  passSignalsTo(child)
  stopWhenAbandoned(child)
  child.once('error', (error) => fail(`Cannot run ${NODE}: ${error.message}`))
  child.once('exit', (code, signal) => {
    process.removeAllListeners(signal ?? 'exit')
    if (signal) process.kill(process.pid, signal)
    else process.exit(code)
  })
}

function passSignalsTo(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.removeAllListeners(signal)
    process.on(signal, () => child.kill(signal))
  }
}

// npm that was killed outright cannot pass anything on; the child sees the closed channel when this process gives up.
function stopWhenAbandoned(child) {
  if (!process.env.npm_lifecycle_event) return
  // npm starts a shell which may or may not stay between npm and this process.
  const ancestors = () => `${process.ppid} ${statOf(process.ppid)[1]}`
  const before = ancestors()
  setInterval(() => {
    if (ancestors() !== before && child.connected) child.disconnect()
  }, PARENT_CHECK_MS).unref()
}

function statOf(pid) {
  try {
    const [, state, parent] = /.*\) (\w) (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    return [state, parent]
  } catch {
    return []
  }
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
