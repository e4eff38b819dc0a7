import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const IN_CODE = /`([\w@.-]+(?:\/[\w@.()[\]+-]+)+\/?)(?::\d+)?`/g
const IN_LINK = /\]\(([^)#\s]+)(?:#[^)]*)?\)/g
/** Made when the product runs; a fresh clone has none of them. */
const MADE_LATER = /^(\.taskflow|node_modules|web\/build|web\/\.svelte-kit)(\/|$)/

/** A document that names a file which is not there tells a story about another tree. */
export function findCitedPathFaults(root: string, documents: string[], topLevel: Set<string>): string[] {
  return documents.flatMap((document) => {
    const text = readFileSync(join(root, document), 'utf8')
    const inCode = [...text.matchAll(IN_CODE)]
      .map(([, path]) => path!)
      .filter((path) => topLevel.has(path.split('/')[0]!))
    const inLinks = [...text.matchAll(IN_LINK)].map(([, path]) => path!).filter((path) => !/^[a-z]+:|^\//.test(path))
    const missing = [...inCode, ...inLinks].filter(
      (path) =>
        !MADE_LATER.test(path) && !existsSync(join(root, path)) && !existsSync(join(root, dirname(document), path)),
    )
    return [...new Set(missing)].map((path) => `${document} cites ${path}, which is not there`)
  })
}
