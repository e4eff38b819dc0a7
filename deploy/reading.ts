import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse, parseAllDocuments } from 'yaml'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

export interface Copy {
  from?: string
  sources: string[]
  target: string
}

export interface Stage {
  name: string
  base: string
  copies: Copy[]
  env: Record<string, string>
  expose?: string
  workdir: string
  user: string
  command: string[]
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

export function isThere(path: string): boolean {
  return existsSync(join(ROOT, path))
}

export function readYaml(path: string): any {
  return parse(readText(path), { merge: true })
}

export function readManifests(path: string): any[] {
  return parseAllDocuments(readText(path)).map((document) => {
    if (document.errors.length > 0) throw document.errors[0]!
    return document.toJS()
  })
}

/** The stages of the Dockerfile, each with what it has from the stage that it builds upon. */
export function readStages(path: string): Map<string, Stage> {
  const stages = new Map<string, Stage>()
  let stage: Stage | undefined
  for (const line of readText(path).split('\n')) {
    const [word = '', ...rest] = line.trim().split(/\s+/)
    if (word === 'FROM') {
      const base = stages.get(rest[0]!)
      const empty = { copies: [], env: {}, workdir: '/', user: 'root', command: [] }
      stage = { ...structuredClone(base ?? empty), name: rest[2]!, base: rest[0]! }
      stages.set(stage.name, stage)
    } else if (stage) apply(stage, word, rest, line)
  }
  return stages
}

function apply(stage: Stage, word: string, rest: string[], line: string) {
  if (word === 'COPY') {
    const from = rest[0]!.startsWith('--from=') ? rest.shift()!.slice('--from='.length) : undefined
    stage.copies.push({ from, sources: rest.slice(0, -1), target: normalize(join(stage.workdir, rest.at(-1)!)) })
  } else if (word === 'ENV') Object.assign(stage.env, Object.fromEntries(rest.map((pair) => pair.split('='))))
  else if (word === 'EXPOSE') stage.expose = rest[0]
  else if (word === 'WORKDIR') stage.workdir = rest[0]!
  else if (word === 'USER') stage.user = rest[0]!
  else if (word === 'CMD') stage.command = JSON.parse(line.slice(line.indexOf('[')))
}

/** Every file that Node loads when it starts this one, and every package that one of them names. */
export function loadedBy(start: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>()
  const packages = new Set<string>()
  const visit = (file: string) => {
    if (files.has(file)) return
    files.add(file)
    for (const name of importsOf(readText(file))) {
      if (name.startsWith('.')) visit(normalize(join(dirname(file), name)))
      else if (name.startsWith('@taskflow/shared/')) visit(name.replace('@taskflow/shared/', 'shared/src/'))
      else if (!name.startsWith('node:')) packages.add(`${file.split('/')[0]}: ${packageOf(name)}`)
    }
  }
  visit(start)
  return { files, packages }
}

function importsOf(source: string): string[] {
  const statements = source.matchAll(/^(?:import|export)\s(?!type\s)[^'"]*?from\s+'([^']+)'/gm)
  const others = source.matchAll(/(?:^import\s+|\bimport\()'([^']+)'/gm)
  return [...statements, ...others].map((match) => match[1]!)
}

function packageOf(name: string): string {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/')
}
