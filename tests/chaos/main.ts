import { crowdOfFrozenReaders, reconnectStorm } from './crowd.ts'
import { type FaultName, faults } from './faults.ts'
import { runChaos } from './run.ts'

const crowds = { 'a crowd with frozen readers': crowdOfFrozenReaders, 'a reconnect storm': reconnectStorm }

// What was started ends with this process, also when it is interrupted.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const wanted = process.argv.slice(2)
const isWanted = (name: string) => wanted.length === 0 || wanted.some((part) => name.includes(part))
const tell = (line: string) => console.log(line)

const found = await runChaos({
  names: (Object.keys(faults) as FaultName[]).filter(isWanted),
  everyMs: 150,
  tell,
  async afterwards(scene) {
    for (const [name, crowd] of Object.entries(crowds)) if (isWanted(name)) await crowd(scene, tell)
  },
})
for (const fault of found) console.error(`FAULT ${fault}`)
console.log(found.length === 0 ? 'Nothing was lost, doubled, late or falsely Live.' : `${found.length} faults`)
process.exit(found.length === 0 ? 0 : 1)
