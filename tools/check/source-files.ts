import { execFileSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'

const NOT_OURS = /(^|\/)(node_modules|build|\.svelte-kit|\.taskflow|\.git)(\/|$)/

/** What git knows or would take in; in a copy without git, everything that is not generated. */
export function listFiles(root: string): string[] {
  return (listByGit(root) ?? globSync('**/*', { cwd: root, exclude: (name) => NOT_OURS.test(name) }))
    .filter((file) => !NOT_OURS.test(file) && existsSync(join(root, file)))
    .sort()
}

function listByGit(root: string): string[] | undefined {
  try {
    const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
    const output = execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return output.split('\0').filter(Boolean)
  } catch {
    return undefined
  }
}
