import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

interface Found {
  id: number
  parent: number
  folder: string
  command: string
}

/** A process under another one, by the folder that it runs in and its command. */
export function findUnder(pid: number, folder: RegExp, command: RegExp): number | undefined {
  return listUnder(pid).find((one) => folder.test(one.folder) && command.test(one.command))?.id
}

/** The process itself and all that it started, whether anybody wrote them down or not. */
export function listUnder(pid: number): Found[] {
  const all = new Map(listProcesses().map((one) => [one.id, one]))
  const isUnder = (id: number): boolean => id === pid || (all.has(id) && isUnder(all.get(id)!.parent))
  return [...all.values()].filter((one) => isUnder(one.id))
}

const listProcesses = (): Found[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const parent = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1])
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
        return [{ id: Number(name), parent, folder: readlinkSync(`/proc/${name}/cwd`), command }]
      } catch {
        // It has ended in the meantime.
        return []
      }
    })
