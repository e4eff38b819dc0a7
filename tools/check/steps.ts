import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { findBoundaryFaults } from './boundaries.ts'
import { findCitedPathFaults } from './cited-paths.ts'
import { listFiles } from './source-files.ts'
import { findUnusedShared } from './unused-shared.ts'

export interface Step {
  name: string
  run(): Promise<Outcome>
}

export interface Outcome {
  ok: boolean
  output: string
}

const CACHE = 'node_modules/.cache'

export function listSteps(root: string, fix: boolean): Step[] {
  const command = (name: string, folder: string, lines: string[][]): Step => ({
    name,
    run: () => runAll(root, join(root, folder), lines),
  })
  const prettier = ['prettier', fix ? '--write' : '--check', '--cache', '--cache-location', `${CACHE}/formatted`]
  const types = (name: string, project: string): Step => {
    const kept = ['--incremental', '--tsBuildInfoFile', `${CACHE}/types/${name}.tsbuildinfo`]
    return command(`types ${name}`, '.', [['tsc', '-p', project, '--pretty', 'false', ...kept]])
  }
  return [
    command('format', '.', [[...prettier, '--log-level', 'warn', '.']]),
    command('lint', '.', [['oxlint', '--deny-warnings', '--format=unix', ...(fix ? ['--fix'] : [])]]),
    command('types web', 'web', [
      ['svelte-kit', 'sync'],
      ['svelte-check', '--fail-on-warnings', '--output', 'human'],
      ['tsc', '-p', 'tsconfig.service-worker.json', '--pretty', 'false'],
    ]),
    types('services', '.'),
    types('tests', 'tests'),
    command('unused', '.', [['knip', '--no-progress', '--include', 'files,dependencies,unlisted,unresolved']]),
    { name: 'unused in shared', run: async () => told(findUnusedShared(root, listSources(root))) },
    { name: 'boundaries', run: async () => told(findBoundaryFaults(root, listSources(root))) },
    { name: 'cited paths', run: async () => told(citedPathFaults(root)) },
  ]
}

function listSources(root: string): string[] {
  return listFiles(root).filter((file) => /\.(ts|mjs|svelte)$/.test(file))
}

function citedPathFaults(root: string): string[] {
  const files = listFiles(root)
  const documents = files.filter((file) => file.endsWith('.md'))
  return findCitedPathFaults(root, documents, new Set(files.map((file) => file.split('/')[0]!)))
}

function told(faults: string[]): Outcome {
  return { ok: faults.length === 0, output: faults.join('\n') }
}

async function runAll(root: string, cwd: string, lines: string[][]): Promise<Outcome> {
  let output = ''
  for (const line of lines) {
    const outcome = await runLine(root, cwd, line)
    output += outcome.output
    if (!outcome.ok) return { ok: false, output }
  }
  return { ok: true, output }
}

function runLine(root: string, cwd: string, [name, ...args]: string[]): Promise<Outcome> {
  const bins = [join(cwd, 'node_modules/.bin'), join(root, 'node_modules/.bin')]
  const env = { ...process.env, PATH: [...bins, process.env.PATH].join(delimiter), FORCE_COLOR: '0' }
  const child = spawn(name!, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ok: false, output: error.message }))
    child.once('close', (code) => resolve({ ok: code === 0, output }))
  })
}
