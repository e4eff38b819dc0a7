/** Per version from 1 to 10 at correction level M: correction bytes per block, and the data bytes of each block. */
const BLOCKS: [correction: number, blocks: number[]][] = [
  [10, [16]],
  [16, [28]],
  [26, [44]],
  [18, [32, 32]],
  [24, [43, 43]],
  [16, [27, 27, 27, 27]],
  [18, [31, 31, 31, 31]],
  [22, [38, 38, 39, 39]],
  [22, [36, 36, 36, 37, 37]],
  [26, [43, 43, 43, 43, 44]],
]

const ALIGNMENT = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]]

export interface Layout {
  version: number
  size: number
  correction: number
  blocks: number[]
  alignment: number[]
}

/** The smallest code that has room for so many bytes of text. */
export function layoutFor(textBytes: number): Layout {
  const at = BLOCKS.findIndex(([, blocks], i) => sum(blocks) >= textBytes + (i < 9 ? 2 : 3))
  if (at < 0) throw new Error(`${textBytes} bytes are too many for this code`)
  const [correction, blocks] = BLOCKS[at]!
  return { version: at + 1, size: 21 + 4 * at, correction, blocks, alignment: ALIGNMENT[at]! }
}

export const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)
