import { correctionOf } from './qr-fields.ts'
import { type Layout, layoutFor, sum } from './qr-layout.ts'
import { Grid, MASKS, penaltyOf } from './qr-grid.ts'

/** A text as a QR code (byte mode, level M): rows of dark and light. */
export function qrOf(text: string): boolean[][] {
  const bytes = [...new TextEncoder().encode(text)]
  const layout = layoutFor(bytes.length)
  const bits = toBits(interleave(toBlocks(encode(bytes, layout), layout)))
  const grids = MASKS.map((_, mask) => new Grid(layout).fill(bits, mask))
  return grids.reduce((best, grid) => (penaltyOf(grid.dark) < penaltyOf(best.dark) ? grid : best)).dark
}

/** As one path for an SVG whose unit is a module. */
export function qrPath(text: string): { size: number; path: string } {
  const rows = qrOf(text)
  const path = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : []))).join('')
  return { size: rows.length, path }
}

const BYTE_MODE = 0b0100
const PADDING = [0xec, 0x11]

function encode(bytes: number[], { version, blocks }: Layout): number[] {
  const room = sum(blocks)
  const bits = [...bitsOf(BYTE_MODE, 4), ...bitsOf(bytes.length, version < 10 ? 8 : 16), ...toBits(bytes)]
  bits.push(...bitsOf(0, Math.min(4, room * 8 - bits.length)))
  bits.push(...bitsOf(0, -bits.length & 7))
  const data: number[] = []
  for (let at = 0; at < bits.length; at += 8) data.push(Number.parseInt(bits.slice(at, at + 8).join(''), 2))
  for (let i = 0; data.length < room; i++) data.push(PADDING[i % 2]!)
  return data
}

function toBlocks(data: number[], { blocks, correction }: Layout): { data: number[]; correction: number[] }[] {
  let from = 0
  return blocks.map((length) => {
    const part = data.slice(from, (from += length))
    return { data: part, correction: correctionOf(part, correction) }
  })
}

/** Byte by byte over all blocks, so that one stain does not hit one block alone. */
function interleave(blocks: { data: number[]; correction: number[] }[]): number[] {
  const inTurn = (lists: number[][]) =>
    Array.from({ length: Math.max(...lists.map(({ length }) => length)) }, (_, i) => lists.map((list) => list[i]))
      .flat()
      .filter((byte) => byte !== undefined)
  return [...inTurn(blocks.map(({ data }) => data)), ...inTurn(blocks.map(({ correction }) => correction))]
}

const bitsOf = (value: number, length: number) => Array.from({ length }, (_, i) => (value >>> (length - 1 - i)) & 1)

const toBits = (bytes: number[]) => bytes.flatMap((byte) => bitsOf(byte, 8))
