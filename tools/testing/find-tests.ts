import { globSync } from 'node:fs'
import { sep } from 'node:path'

const SKIPPED_FOLDERS = new Set(['node_modules', 'build', '.svelte-kit', '.taskflow', '.git'])

export interface TestFiles {
  beside: string[]
  wholeStack: string[]
}

/** Whole-stack tests (tests/) come last: each of them starts everything. */
export function findTests(root: string, pathParts: string[]): TestFiles {
  const files = globSync('**/*.test.ts', { cwd: root, exclude: (name) => SKIPPED_FOLDERS.has(name.split(sep).at(-1)!) })
    .filter((file) => pathParts.length === 0 || pathParts.some((part) => file.includes(part)))
    .sort()
  return {
    beside: files.filter((file) => !file.startsWith(`tests${sep}`)),
    wholeStack: files.filter((file) => file.startsWith(`tests${sep}`)),
  }
}
