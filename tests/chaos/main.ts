import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { crowdOfFrozenReaders, reconnectStorm } from './crowd.ts'
import { type FaultName, faults } from './faults.ts'
import { runChaos } from './run.ts'

const crowds = { 'a crowd with frozen readers': crowdOfFrozenReaders, 'a reconnect storm': reconnectStorm }

// What was started ends with this process, also when it is interrupted.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const { values, positionals: wanted } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' } } })
const AT_RANDOM = 'kills at random moments'
const seed = Number(values.seed ?? randomInt(1_000_000))
const isWanted = (name: string) => wanted.length === 0 || wanted.some((part) => name.includes(part))
const tell = (line: string) => console.log(line)

if (isWanted(AT_RANDOM)) tell(`${AT_RANDOM}: the seed is ${seed}`)
const found = await runChaos({
  names: (Object.keys(faults) as FaultName[]).filter(isWanted),
  everyMs: 150,
  ...(isWanted(AT_RANDOM) && { seed }),
  tell,
  async afterwards(scene) {
    for (const [name, crowd] of Object.entries(crowds)) if (isWanted(name)) await crowd(scene, tell)
  },
})
for (const fault of found) console.error(`FAULT ${fault}`)
console.log(found.length === 0 ? 'Nothing was lost, doubled, late or falsely Live.' : `${found.length} faults`)
process.exit(found.length === 0 ? 0 : 1)
