import { join, resolve } from 'node:path'
import { checkBackup } from '../core-api/src/backups/checking.ts'
import { restoreBackup } from '../core-api/src/backups/restoring.ts'
import { readLauncherConfig } from './launcher/config.ts'
import { Fault } from './launcher/fault.ts'
import { orTell, startedIn } from './launcher/one-off.ts'
import { keepSecrets, readSecrets } from './launcher/secrets.ts'
import type { StartConfig } from './launcher/services.ts'
import { withDatabaseAlone } from './launcher/standing-database.ts'

await orTell(async () => {
  const [named] = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
  if (!named) throw new Fault('Say which backup: npm run restore -- <file> [--replace]')
  const config = readLauncherConfig([]) as StartConfig
  const backup = await checkBackup(resolve(startedIn(), named))
  const secrets = { ...readSecrets(config.dataDir, config.env), ...(config.env.APP_SECRET ? {} : backup.secrets) }
  await withDatabaseAlone(config, secrets, async (databaseUrl) => {
    await restoreBackup(backup, {
      databaseUrl,
      databaseAppUrl: config.env.DATABASE_APP_URL,
      databaseAppRole: config.env.DATABASE_APP_ROLE ?? 'taskflow_app',
      appSecret: secrets.APP_SECRET,
      filesFolder: config.env.S3_URL ? undefined : join(config.dataDir, 'attachments'),
      replace: process.argv.includes('--replace'),
    })
    if (!config.env.APP_SECRET) keepSecrets(config.dataDir, { ...readSecrets(config.dataDir, {}), ...backup.secrets })
  })
  console.log(`Restored the backup of ${backup.header.at}. Start Taskflow again with npm start.`)
})
