import { dirname, join, normalize } from 'node:path'
import { importsOf, type Import } from './imports.ts'

const TEST = /\.test\.ts$/
const FOR_TESTS = /\.test\.ts$|\/testing\//

/** shared exports every file by a pattern, so that knip takes each for used: here those that only tests of shared import. */
export function findUnusedShared(root: string, files: string[]): string[] {
  const used = new Set(files.flatMap((file) => importsOf(root, file).filter(isUse).map(targetOf)))
  return files
    .filter((file) => file.startsWith('shared/src/') && !TEST.test(file) && !used.has(file))
    .map((file) => `${file} is imported by nobody`)
}

function isUse(target: Import): boolean {
  return !target.file.startsWith('shared/') || !FOR_TESTS.test(target.file) || FOR_TESTS.test(targetOf(target))
}

function targetOf({ file, to }: Import): string {
  return to.startsWith('.') ? normalize(join(dirname(file), to)) : to.replace(/^@taskflow\/shared\//, 'shared/src/')
}
