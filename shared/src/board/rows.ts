// Lists of rows by id. A list that did not change is the same list.

export interface Row {
  id: string
}

export function put<T extends Row>(rows: T[], row: T): T[] {
  const at = indexOf(rows, row.id)
  return at < 0 ? [...rows, row] : rows.with(at, row)
}

export function change<T extends Row>(rows: T[], changes: Row & Partial<T>): T[] {
  const at = indexOf(rows, changes.id)
  return at < 0 ? rows : rows.with(at, { ...rows[at]!, ...changes })
}

export function changeMany<T extends Row>(rows: T[], changes: (Row & Partial<T>)[]): T[] {
  const byId = new Map(changes.map((one) => [one.id, one]))
  return changeWhere(rows, (row) => byId.get(row.id) as Partial<T> | undefined)
}

export function changeWhere<T extends Row>(rows: T[], changesOf: (row: T) => Partial<T> | undefined): T[] {
  let changed = false
  const next = rows.map((row) => {
    const changes = changesOf(row)
    if (!changes) return row
    changed = true
    return { ...row, ...changes }
  })
  return changed ? next : rows
}

export function drop<T extends Row>(rows: T[], id: string): T[] {
  const at = indexOf(rows, id)
  return at < 0 ? rows : rows.toSpliced(at, 1)
}

const indexOf = (rows: Row[], id: string) => rows.findIndex((row) => row.id === id)
