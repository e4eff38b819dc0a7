import { orExit, readConfig } from './config.ts'
import { changeAccount } from './identity/disabling.ts'

// For containers: node src/account.ts disable|enable <e-mail>
const config = await orExit(() => readConfig())
const said = await orExit(() => changeAccount(process.argv.slice(2), config), 'Nothing was changed:')
process.stdout.write(`${said}\n`)
