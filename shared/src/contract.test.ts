import { assert, suite } from '@taskflow/tools/suite.ts'
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { z } from 'zod'
import { CONTRACT_VERSION, events } from './events/all.ts'

const test = suite('contract')

// Clients that we have never seen rely on these shapes. Changed on purpose? Then raise CONTRACT_VERSION,
// pin the new hash here, and say in CHANGELOG.md what a reader of the old shape will meet.
const PINNED = { version: 1, hash: '1d7c5fedbf620475d254d765a6abba94d5a2a9de828988ec162dc2f12b3720db' }

test('no shape of a fact, a message or an answer changes by accident', async () => {
  const shapes = {
    ...prefixed('event', events),
    ...prefixed('envelope', schemasIn(await import('./events/envelope.ts'))),
    ...prefixed('socket', schemasIn(await import('./socket/up.ts'))),
    ...prefixed('dto', await allDtos()),
  }
  const spelled = Object.entries(shapes)
    .map(([name, schema]) => `${name} ${JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any' }))}`)
    .toSorted()
  const hash = createHash('sha256').update(spelled.join('\n')).digest('hex')
  assert.deepEqual({ version: CONTRACT_VERSION, hash }, PINNED)
})

test.run()

async function allDtos() {
  const files = readdirSync(new URL('dto/', import.meta.url)).filter((file) => !file.endsWith('.test.ts'))
  const modules = await Promise.all(files.map((file) => import(`./dto/${file}`)))
  return Object.assign({}, ...modules.map(schemasIn)) as Record<string, z.ZodType>
}

function schemasIn(module: object) {
  const entries = Object.entries(module).filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType)
  return Object.fromEntries(entries)
}

const prefixed = (kind: string, schemas: Record<string, z.ZodType>) =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [`${kind} ${name}`, schema]))
