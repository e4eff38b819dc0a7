import { launch } from './launcher/launch.ts'

process.exit(await launch(process.argv.slice(2), 'watched'))
