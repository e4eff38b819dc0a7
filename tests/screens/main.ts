import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePort } from '@taskflow/tools/processes.ts'
import { launch, untilReady } from '../e2e/launched.ts'
import { openChromium } from '../e2e/harness/chromium.ts'
import { openCamera } from './camera.ts'
import { arrangeScene } from './scene.ts'
import { SCREENS } from './screens.ts'

const OUT = resolve(import.meta.dirname, '../../docs/screens')

const part = process.argv[2] ?? ''
const wanted = SCREENS.filter(({ name }) => name.includes(part))
if (wanted.length === 0) {
  process.stderr.write(
    `No screen has "${part}" in its name. There are: ${SCREENS.map(({ name }) => name).join(', ')}\n`,
  )
  process.exit(2)
}

const dataDir = await mkdtemp(join(tmpdir(), 'taskflow-screens-'))
const launched = launch(
  {
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    RATE_LIMIT_SCALE: '100000',
    OUTBOUND_ALLOW: '127.0.0.0/8,::1/128',
  },
  ['--demo'],
)
// The launcher stops everything that it started when it is asked to.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => launched.child.kill('SIGINT'))

try {
  await untilReady(launched)
  await takeAll()
} finally {
  launched.child.kill('SIGINT')
  await launched.ended
  await rm(dataDir, { recursive: true, force: true })
}

async function takeAll() {
  const browser = await openChromium()
  try {
    await mkdir(OUT, { recursive: true })
    const scene = await arrangeScene(browser, launched)
    const camera = await openCamera(browser, scene, OUT)
    for (const screen of wanted) await camera.take(screen)
    await scene.close()
  } finally {
    await browser.close()
  }
}
