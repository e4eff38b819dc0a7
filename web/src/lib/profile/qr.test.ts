import { assert, suite } from '@taskflow/tools/suite.ts'
import { layoutFor } from './qr-layout.ts'
import { qrOf, qrPath } from './qr.ts'

const test = suite('QR codes')

const TASKFLOW = `
#######.......#######
#.....#...###.#.....#
#.###.#.###...#.###.#
#.###.#.###...#.###.#
#.###.#.#.###.#.###.#
#.....#.##..#.#.....#
#######.#.#.#.#######
........#..##........
#.#####...#.#.#####..
..##.#..##..##..#.#.#
..#.###.#.##.##..###.
.#...#..#.#.....###..
#####.##...#....##.#.
........#########.##.
#######..##.#.#..#.#.
#.....#.##.#####.##..
#.###.#.#.#.#...#...#
#.###.#.###.#..##....
#.###.#.####.#...#...
#.....#..##....####..
#######.#.##.#.....#.
`

test('a code that phones were seen to read stays as it is', () => {
  const drawn = qrOf('Taskflow').map((row) => row.map((isDark) => (isDark ? '#' : '.')).join(''))
  assert.equal(drawn.join('\n'), TASKFLOW.trim())
})

test('the code grows with its text, up to what an app’s key needs and beyond', () => {
  assert.deepEqual(
    [14, 15, 120, 213].map((length) => layoutFor(length).version),
    [1, 2, 7, 10],
  )
  assert.throws(() => layoutFor(214), /too many/)
})

test('three corners are always there, and every dark module is in the path', () => {
  const { size, path } = qrPath(`otpauth://totp/Taskflow:ada@example.org?secret=${'A'.repeat(32)}&issuer=Taskflow`)
  const rows = qrOf(`otpauth://totp/Taskflow:ada@example.org?secret=${'A'.repeat(32)}&issuer=Taskflow`)
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    assert.equal(rows[y]![x], true)
  assert.equal(path.split('M').length - 1, rows.flat().filter(Boolean).length)
})

test.run()
