import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Import {
  file: string
  line: number
  to: string
}

const STATEMENT = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"\n]+)['"]/g

export function importsOf(root: string, file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(STATEMENT)].map((found) => ({
    file,
    line: text.slice(0, found.index).split('\n').length,
    to: found[1]!,
  }))
}
