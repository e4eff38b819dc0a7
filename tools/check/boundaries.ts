import { readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { importsOf, type Import } from './imports.ts'

interface Rule {
  inside: RegExp
  except?: RegExp
  forbids: (target: Import) => boolean
  why: string
}

const TESTS = /(\.test\.ts$|\/testing\/|\/testing\.ts$|^tests\/|\.test\.)/
const PACKAGES = ['shared', 'core-api', 'realtime', 'web', 'gateway']
const FORBIDDEN_NAMES = /^(utils?|helpers?|common|misc|manager|service|types|index)\.(ts|svelte|mjs)$/
/** What all of web may use; any other folder of web/src/lib is a noun of the product. */
const USED_BY_ALL = new Set(['editor', 'forms', 'keys', 'live', 'messages', 'time', 'ui', 'undo'])

const RULES: Rule[] = [
  {
    inside: /^realtime\//,
    forbids: ({ to }) => /^(@mikro-orm|mikro-orm|pg|pg-boss|kysely)(\/|$)/.test(to),
    why: 'realtime owns no data: it opens no database',
  },
  {
    inside: /^shared\/src\//,
    except: TESTS,
    forbids: ({ to }) => !/^(\.|@taskflow\/shared\/|zod(\/|$)|fractional-indexing$)/.test(to),
    why: 'shared imports the schema library and nothing else of weight',
  },
  {
    inside: /^(shared|core-api|realtime|web|gateway)\//,
    except: TESTS,
    forbids: (target) => !['shared', packageOf(target.file), undefined].includes(targetPackage(target)),
    why: 'packages meet only in shared',
  },
  {
    inside: /^web\/src\/lib\/ui\//,
    forbids: (target) => isDomain(webFolderOf(target)),
    why: 'ui imports no domain',
  },
  {
    inside: /^web\/src\/lib\/[^/]+\//,
    forbids: (target) => isDomain(webFolderOf(target)) && webFolderOf(target) !== target.file.split('/')[3],
    why: 'only routes compose domains',
  },
  {
    inside: /./,
    except: /^tools\/(suite|check\/check\.test)\.ts$/,
    forbids: ({ to }) => /^uvu(\/|$)/.test(to),
    why: 'uvu can pass without testing: import @taskflow/tools/suite.ts',
  },
]

export function findBoundaryFaults(root: string, files: string[]): string[] {
  return files.flatMap((file) => [...importFaults(root, file), ...envFaults(root, file), ...nameFaults(file)])
}

function importFaults(root: string, file: string): string[] {
  const rules = RULES.filter(({ inside, except }) => inside.test(file) && !except?.test(file))
  return importsOf(root, file).flatMap((target) =>
    rules
      .filter((rule) => rule.forbids(target))
      .map(({ why }) => `${file}:${target.line} imports ${target.to}: ${why}`),
  )
}

function envFaults(root: string, file: string): string[] {
  if (!PACKAGES.includes(packageOf(file)) || TESTS.test(file) || basename(file) === 'config.ts') return []
  // A main may hand the environment to its config; setting a default for a framework reads nothing either.
  const lines = readFileSync(join(root, file), 'utf8').split('\n')
  return lines.flatMap((line, index) =>
    /process\.env(?!\)|\.\w+ \?\?=)/.test(line) ? [`${file}:${index + 1} reads process.env: only config.ts does`] : [],
  )
}

function nameFaults(file: string): string[] {
  return FORBIDDEN_NAMES.test(basename(file)) ? [`${file}: a file is named after what is in it`] : []
}

function packageOf(file: string): string {
  return file.split('/')[0]!
}

function targetPackage({ file, to }: Import): string | undefined {
  const named = /^@taskflow\/([\w-]+)/.exec(to)
  if (named) return named[1]
  return to.startsWith('.') ? packageOf(normalize(join(dirname(file), to))) : undefined
}

function webFolderOf({ file, to }: Import): string | undefined {
  const path = to.startsWith('#lib/') ? `web/src/lib/${to.slice(5)}` : normalize(join(dirname(file), to))
  return /^web\/src\/lib\/([^/]+)\//.exec(path)?.[1]
}

function isDomain(folder: string | undefined): boolean {
  return folder !== undefined && !USED_BY_ALL.has(folder)
}
