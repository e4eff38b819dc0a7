import { assert, suite } from '@taskflow/tools/suite.ts'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { themeColorTags } from './theme.ts'

const test = suite('colours')

const WEB = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string) => readFileSync(WEB + path, 'utf8')
const TOKENS = read('src/lib/ui/tokens.css')
/** What is drawn where no stylesheet reaches: the status bar, the icon of the tab, the ground under a picture. */
const DRAWN_ELSEWHERE = ['src/lib/ui/theme.ts', 'src/lib/notifications/tab-badge.ts', 'src/lib/profile/picture.ts']
const COLOUR = /\b(?:oklch|oklab|rgba?|hsla?)\(|light-dark\(|(?<=['"\s:(,])#(?:[\da-f]{6}|[\da-f]{3})(?=['"\s;),])/gi

const pairs = new Map(
  [...TOKENS.matchAll(/--([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\);/g)].map(
    ([, name, light, dark]) => [name!, [toHex(light!), toHex(dark!)] as const],
  ),
)

test('stand in tokens.css, and nowhere else where a stylesheet reaches', () => {
  const files = globSync('src/**/*.{svelte,css,ts}', { cwd: WEB }).filter(
    (file) => !/\.test\.ts$|tokens\.css$/.test(file) && !DRAWN_ELSEWHERE.includes(file),
  )
  assert.ok(files.length > 200)
  const found = files.flatMap((file) => [...read(file).matchAll(COLOUR)].map(([colour]) => `${file}: ${colour}`))
  assert.deepEqual(found, [])
})

test('of a page that must stand without our stylesheet are those of the tokens', () => {
  const known = new Set([...pairs.values()].map(([light, dark]) => `light-dark(${light}, ${dark})`))
  for (const page of ['src/error.html', 'static/offline.html']) {
    const used = read(page).match(/light-dark\([^)]*\)/g)!
    assert.ok(used.length >= 4, page)
    assert.deepEqual(
      used.filter((pair) => !known.has(pair)),
      [],
      page,
    )
  }
})

test('around the page are those of its ground, and of the dot on its icon that of what is filled red', () => {
  const [light, dark] = pairs.get('canvas')!
  assert.ok(themeColorTags('light').includes(`"${light}"`))
  assert.ok(themeColorTags('dark').includes(`"${dark}"`))
  assert.equal(JSON.parse(read('static/manifest.webmanifest')).background_color, light)
  assert.ok(read('src/lib/notifications/tab-badge.ts').includes(`"${pairs.get('red-fill')![0]}"`))
})

test.run()

/** OKLCH in sRGB, cut off at its edges: https://bottosson.github.io/posts/oklab/ */
function toHex(oklch: string): string {
  const [lightness, chroma, hue] = oklch.trim().split(' ').map(Number) as [number, number, number]
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
  return `#${[red, green, blue].map(toByte).join('')}`
}

function toByte(linear: number): string {
  const within = Math.min(1, Math.max(0, linear))
  const value = within <= 0.0031308 ? 12.92 * within : 1.055 * within ** (1 / 2.4) - 0.055
  return Math.round(value * 255)
    .toString(16)
    .padStart(2, '0')
}
