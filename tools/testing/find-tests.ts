import { globSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'

const SKIPPED_FOLDERS = new Set(['node_modules', 'build', '.svelte-kit', '.taskflow', '.git'])

/** The longest first, so that none is alone at the end: whole-stack tests, and of the others the larger files. */
export function findTests(root: string, pathParts: string[]): string[] {
  return globSync('**/*.test.ts', { cwd: root, exclude: (name) => SKIPPED_FOLDERS.has(name.split(sep).at(-1)!) })
    .filter((file) => pathParts.length === 0 || pathParts.some((part) => file.includes(part)))
    .map((file) => ({ file, size: statSync(join(root, file)).size }))
    .sort((a, b) => Number(isWholeStack(b.file)) - Number(isWholeStack(a.file)) || b.size - a.size)
    .map(({ file }) => file)
}

export function isWholeStack(file: string): boolean {
  return file.startsWith(`tests${sep}`)
}

/** Until the jobs of a killed worker are taken over, say: such a file needs time, and little of the processor. */
export function isMostlyWaiting(file: string): boolean {
  return /(exactly-once|takeover|jobs)\.test\.ts$/.test(file)
}

export function needsWebBuild(file: string): boolean {
  return file.startsWith(join('tests', 'e2e'))
}
