import { folderOf } from './attachments/file-store.ts'
import { writeBackup } from './backups/writing.ts'
import { orExit, readConfig } from './config.ts'

// For containers: the backup goes to standard output, what there is to say to standard error.
const config = await orExit(() => readConfig())
const { databaseUrl, appSecret, s3Url } = config
const source = { databaseUrl, appSecret, filesFolder: s3Url ? undefined : folderOf(config) }
const { rows, files } = await orExit(() => writeBackup(source, process.stdout))
process.stderr.write(`Backed up ${rows} rows and ${files} files.\n`)
