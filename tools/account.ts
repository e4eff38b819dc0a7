import { changeAccount } from '../core-api/src/identity/disabling.ts'
import { readLauncherConfig } from './launcher/config.ts'
import { Fault } from './launcher/fault.ts'
import { orTell } from './launcher/one-off.ts'
import { redisOfRunning } from './launcher/running.ts'
import { readSecrets } from './launcher/secrets.ts'
import type { StartConfig } from './launcher/services.ts'
import { hasEmbeddedData, withDatabase } from './launcher/standing-database.ts'

await orTell(async () => {
  const config = readLauncherConfig([]) as StartConfig
  if (!config.databaseUrl && !hasEmbeddedData(config.dataDir)) throw new Fault(`There is nobody in ${config.dataDir}.`)
  const redisUrl = config.redisUrl ?? redisOfRunning(config.dataDir)
  const secrets = readSecrets(config.dataDir, config.env)
  const said = await withDatabase(config, secrets, (databaseUrl) =>
    changeAccount(process.argv.slice(2), { databaseUrl, redisUrl }),
  )
  console.log(said)
})
