import { migrations } from '../../migrations/all.ts'
import { BackupFault, FORMAT, type Header, readLines } from './lines.ts'

export interface CheckedBackup {
  path: string
  header: Header
  secrets: Record<string, string> | undefined
}

/** Reads all of it, so that nothing is replaced by a backup that turns out to be half of one. */
export async function checkBackup(path: string): Promise<CheckedBackup> {
  let header: Header | undefined
  let secrets: Record<string, string> | undefined
  let whole = false
  const seen = { rows: 0, files: 0 }
  for await (const line of readLines(path)) {
    if (!header) header = readHeader(path, line)
    else if (Array.isArray(line)) seen.rows++
    else if ('file' in line) seen.files++
    else if ('secrets' in line) ({ secrets } = line)
    else if ('end' in line) whole = line.rows === seen.rows && line.files === seen.files
  }
  if (!header || !whole) throw new BackupFault(`${path} is no whole backup of Taskflow (its end is missing).`)
  return { path, header, secrets }
}

function readHeader(path: string, line: object): Header {
  if (!('taskflow' in line) || line.taskflow !== 'backup') throw new BackupFault(`${path} is no backup of Taskflow.`)
  const header = line as Header
  const known = new Set(migrations.map(({ name }) => name))
  if (header.format > FORMAT || header.migrations.some((name) => !known.has(name)))
    throw new BackupFault(`${path} was made by a newer version of Taskflow: upgrade first, then restore.`)
  return header
}
