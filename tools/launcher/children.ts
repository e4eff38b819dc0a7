import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { endProcess } from '../processes.ts'
import { isWarning, showLine } from './show-line.ts'
import { stopSignalOf } from './running.ts'

export interface Death {
  name: string
  how: string
  lastLines: string[]
  /** They were shown a moment ago, with nothing else around them. */
  shown: boolean
}

export interface Command {
  name: string
  command: string
  args: string[]
  cwd: string
  env: Record<string, string | undefined>
}

const LAST_LINES = 12
const STOP_WITHIN_MS = 8_000

export type Children = ReturnType<typeof createChildren>

/** Every process that the launcher started; the first that ends unasked is reported once. */
export function createChildren(remember: (name: string, pid: number) => void) {
  const alive = new Map<string, ChildProcess>()
  const stopping = new Set<string>()
  const died = Promise.withResolvers<Death>()
  let talkative = false

  const watch = (name: string, child: ChildProcess, lastLines: () => Pick<Death, 'lastLines' | 'shown'>) => {
    alive.set(name, child)
    if (child.pid) remember(name, child.pid)
    const report = (how: string) => {
      alive.delete(name)
      if (!stopping.has(name)) died.resolve({ name, how, ...lastLines() })
    }
    child.once('error', (error) => report(`could not be started (${error.message})`))
    // "close" comes after its last words were read, "exit" may come before.
    child.once('close', (code, signal) => report(signal ? `was ended by ${signal}` : `ended with exit code ${code}`))
  }

  const start = ({ name, command, args, cwd, env }: Command) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const lines: string[] = []
    let unseen = 0
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (line === '') return
        const shown = showLine(name, line, dim)
        lines.push(shown)
        if (lines.length > LAST_LINES) lines.shift()
        const worthTelling = talkative || stream === child.stderr || isWarning(line)
        if (worthTelling && !stopping.has(name)) console.log(shown)
        else unseen++
      })
    }
    watch(name, child, () => ({ lastLines: lines, shown: !talkative && lines.length > 0 && unseen === 0 }))
    return child
  }

  const stop = async (name: string) => {
    const child = alive.get(name)
    stopping.add(name)
    if (child?.pid) await endProcess(child.pid, stopSignalOf(name), STOP_WITHIN_MS)
  }

  /** While things start, only warnings are shown: what is used and where it listens is told once, by the launcher. */
  const showEverything = () => {
    talkative = true
  }

  return { start, watch, stop, showEverything, died: died.promise }
}

export function linesOfFile(file: string) {
  return { lastLines: readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LAST_LINES), shown: false }
}

function dim(text: string): string {
  return process.stdout.isTTY ? `\x1b[2m${text}\x1b[22m` : text
}
