import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'

export const FORMAT = 1

export interface Header {
  taskflow: 'backup'
  format: number
  at: string
  /** The migrations that had made the tables. */
  migrations: string[]
  /** Tells whether a secret is the one with which parts of the backup are encrypted. */
  secretMark: string
}

export interface Table {
  schema: string
  name: string
  /** Name and type of each column that is stored. */
  columns: [name: string, type: string][]
}

export interface Sequence {
  schema: string
  name: string
  value: string
  called: boolean
}

export type Row = (string | null)[]

/** A backup is gzipped lines of JSON: the header, then these in the order of writing. Rows follow their table. */
export type Line =
  | { secrets: Record<string, string> }
  | { table: Table }
  | Row
  | { sequence: Sequence }
  | { file: string; base64: string }
  | { end: true; rows: number; files: number }

/** Something that whoever restores can mend: shown as it stands. */
export class BackupFault extends Error {}

export async function* readLines(path: string): AsyncGenerator<Header | Line> {
  const source = createReadStream(path)
  const unzipped = source.pipe(createGunzip())
  source.once('error', (error) => unzipped.destroy(error))
  try {
    for await (const line of createInterface({ input: unzipped, crlfDelay: Infinity })) {
      yield JSON.parse(line) as Header | Line
    }
    if (unzipped.errored) throw unzipped.errored
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') throw new BackupFault(`${path} cannot be read.`)
    throw new BackupFault(`${path} is no whole backup of Taskflow (${message}).`)
  }
}
