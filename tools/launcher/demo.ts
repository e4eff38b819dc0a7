import { spawn } from 'node:child_process'
import type { Command } from './children.ts'

export async function fillWithDemo({ command, args, cwd, env }: Command): Promise<void> {
  const child = spawn(command, args, { cwd, env, stdio: 'inherit' })
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) console.log(`The demo workspace was not made (exit code ${code}): see the lines above.`)
}
