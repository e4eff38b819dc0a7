import { createWriteStream, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeBackup } from '../core-api/src/backups/writing.ts'
import { readLauncherConfig } from './launcher/config.ts'
import { Fault } from './launcher/fault.ts'
import { orTell, startedIn } from './launcher/one-off.ts'
import { generatedSecrets, readSecrets } from './launcher/secrets.ts'
import type { StartConfig } from './launcher/services.ts'
import { hasEmbeddedData, withDatabase } from './launcher/standing-database.ts'

await orTell(async () => {
  const config = readLauncherConfig([]) as StartConfig
  const file = resolve(
    startedIn(),
    process.argv[2] ?? `taskflow-${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)}.backup`,
  )
  if (existsSync(file)) throw new Fault(`${file} is there already: name another file.`)
  if (!config.databaseUrl && !hasEmbeddedData(config.dataDir))
    throw new Fault(`There is nothing to back up in ${config.dataDir}.`)
  const secrets = readSecrets(config.dataDir, config.env)
  const draft = `${file}.part`
  try {
    const { rows, files } = await withDatabase(config, secrets, (databaseUrl) =>
      writeBackup(
        {
          databaseUrl,
          appSecret: secrets.APP_SECRET,
          filesFolder: config.env.S3_URL ? undefined : join(config.dataDir, 'attachments'),
          secrets: generatedSecrets(secrets, config.env),
        },
        createWriteStream(draft, { mode: 0o600 }),
      ),
    )
    renameSync(draft, file)
    const megabytes = (statSync(file).size / 1e6).toFixed(1)
    console.log(`${rows} rows and ${files} files are in ${file} (${megabytes} MB). Keep it as safe as the data itself.`)
  } finally {
    rmSync(draft, { force: true })
  }
})
