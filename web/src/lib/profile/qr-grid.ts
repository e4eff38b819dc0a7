import type { Layout } from './qr-layout.ts'

export const MASKS: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

const LEVEL_M = 0b00

/** The square itself: first what every code has in its place, then the bits around it. */
export class Grid {
  dark: boolean[][]
  #fixed: boolean[][]
  #size: number

  constructor({ size, version, alignment }: Layout) {
    this.#size = size
    this.dark = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
    this.#fixed = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
    for (let i = 0; i < size; i++) {
      this.#set(6, i, i % 2 === 0)
      this.#set(i, 6, i % 2 === 0)
    }
    for (const [x, y] of [
      [3, 3],
      [size - 4, 3],
      [3, size - 4],
    ] as const)
      this.#drawRings(x, y, 4)
    const last = alignment.length - 1
    alignment.forEach((x, i) =>
      alignment.forEach((y, j) => {
        const isInCorner = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)
        if (!isInCorner) this.#drawRings(x, y, 2)
      }),
    )
    this.#drawFormat(0)
    if (version >= 7) this.#drawVersion(version)
  }

  fill(bits: number[], mask: number): this {
    this.#drawFormat(mask)
    let next = 0
    this.#walk((x, y) => {
      if (this.#fixed[y]![x]) return
      this.dark[y]![x] = Boolean(bits[next++]) !== MASKS[mask]!(x, y)
    })
    return this
  }

  /** Up and down in columns of two, from the right; the timing column is stepped over. */
  #walk(visit: (x: number, y: number) => void) {
    let isUp = true
    for (let right = this.#size - 1; right > 0; right -= 2, isUp = !isUp) {
      if (right === 6) right--
      for (let i = 0; i < this.#size; i++) {
        const y = isUp ? this.#size - 1 - i : i
        visit(right, y)
        visit(right - 1, y)
      }
    }
  }

  #set(x: number, y: number, isDark: boolean) {
    if (x < 0 || y < 0 || x >= this.#size || y >= this.#size) return
    this.dark[y]![x] = isDark
    this.#fixed[y]![x] = true
  }

  #drawRings(cx: number, cy: number, reach: number) {
    for (let dy = -reach; dy <= reach; dy++)
      for (let dx = -reach; dx <= reach; dx++) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy))
        this.#set(cx + dx, cy + dy, reach === 4 ? ring !== 2 && ring !== 4 : ring !== 1)
      }
  }

  #drawFormat(mask: number) {
    const data = (LEVEL_M << 3) | mask
    const bits = ((data << 10) | remainder(data, 10, 0x537)) ^ 0x5412
    const bit = (i: number) => ((bits >>> i) & 1) === 1
    const size = this.#size
    for (let i = 0; i < 6; i++) this.#set(8, i, bit(i))
    this.#set(8, 7, bit(6))
    this.#set(8, 8, bit(7))
    this.#set(7, 8, bit(8))
    for (let i = 9; i < 15; i++) this.#set(14 - i, 8, bit(i))
    for (let i = 0; i < 8; i++) this.#set(size - 1 - i, 8, bit(i))
    for (let i = 8; i < 15; i++) this.#set(8, size - 15 + i, bit(i))
    this.#set(8, size - 8, true)
  }

  #drawVersion(version: number) {
    const bits = (version << 12) | remainder(version, 12, 0x1f25)
    for (let i = 0; i < 18; i++) {
      const isDark = ((bits >>> i) & 1) === 1
      const far = this.#size - 11 + (i % 3)
      const near = Math.floor(i / 3)
      this.#set(far, near, isDark)
      this.#set(near, far, isDark)
    }
  }
}

function remainder(data: number, degree: number, polynomial: number): number {
  let rest = data
  for (let i = 0; i < degree; i++) rest = (rest << 1) ^ ((rest >>> (degree - 1)) * polynomial)
  return rest & ((1 << degree) - 1)
}

/** How hard a code is to read: long runs, full squares, what looks like a corner, too much of one shade. */
export function penaltyOf(rows: boolean[][]): number {
  const size = rows.length
  const columns = rows.map((_, x) => rows.map((row) => row[x]!))
  let penalty = 0
  for (const line of [...rows, ...columns]) {
    const text = line.map((isDark) => (isDark ? '1' : '0')).join('')
    for (const [run] of text.matchAll(/0{5,}|1{5,}/g)) penalty += run.length - 2
    for (const pattern of ['10111010000', '00001011101'])
      for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) penalty += 40
  }
  for (let y = 0; y < size - 1; y++)
    for (let x = 0; x < size - 1; x++) {
      const one = rows[y]![x]
      if (one === rows[y]![x + 1] && one === rows[y + 1]![x] && one === rows[y + 1]![x + 1]) penalty += 3
    }
  const darkShare = rows.flat().filter(Boolean).length / size ** 2
  return penalty + Math.floor(Math.abs(darkShare * 20 - 10)) * 10
}
