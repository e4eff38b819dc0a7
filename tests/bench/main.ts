import { benchFanout } from './fanout.ts'
import { benchNotify } from './notify.ts'
import { benchSnapshot } from './snapshot.ts'
import { benchWeb } from './web.ts'
import { benchWrite } from './write.ts'

const benches: Record<string, (options: Options) => Promise<unknown>> = {
  write: benchWrite,
  snapshot: benchSnapshot,
  fanout: benchFanout,
  notify: benchNotify,
  web: benchWeb,
}

export interface Options {
  /** How long each measurement may take. */
  seconds: number
}

const [name = '', ...rest] = process.argv.slice(2)
const bench = benches[name]
if (!bench) {
  process.stderr.write(`Usage: npm run bench -- <${Object.keys(benches).join('|')}> [--seconds N]\n`)
  process.exit(2)
}
const secondsAt = rest.indexOf('--seconds')
const seconds = secondsAt < 0 ? 5 : Number(rest[secondsAt + 1])
process.stdout.write(`${JSON.stringify(await bench({ seconds }), null, 2)}\n`)
