import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { folderOf } from './attachments/file-store.ts'
import { checkBackup } from './backups/checking.ts'
import { restoreBackup } from './backups/restoring.ts'
import { orExit, readConfig } from './config.ts'

// For containers: the backup comes from standard input. It is read twice, so it is put aside first.
const config = await orExit(() => readConfig())
const folder = await orExit(() => mkdtemp(join(config.dataDir, 'restoring-')))
const path = join(folder, 'backup')
await orExit(async () => {
  try {
    await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }))
    const filesFolder = config.s3Url ? undefined : folderOf(config)
    const replace = process.argv.includes('--replace')
    await restoreBackup(await checkBackup(path), { ...config, filesFolder, replace })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
process.stderr.write('Restored. Start Taskflow again.\n')
