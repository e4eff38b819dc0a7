import type { Problem } from '@taskflow/shared/dto/problem.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import type { Outcome } from '@taskflow/shared/sync/write.ts'
import type { Version } from '#lib/editor/text-edit.ts'
import { boxesOf } from '#lib/editor/markdown.ts'
import { findBox, tick } from '#lib/editor/ticking.ts'
import type { OpenTask } from './open-task.svelte.ts'

const TICK_TRIES = 4

export type Saved = { kind: 'done' } | { kind: 'conflict'; current: Version } | { kind: 'refused' }

/** Writes one's own changes of the description one after the other, each on what the one before has made. */
export class Description {
  /** What it will be once all is answered. */
  #wanted = $state<string | null>(null)
  #open: OpenTask
  #queue: Promise<unknown> = Promise.resolve()
  #waiting = 0
  /** What one's own last write has made, until the facts have it too. */
  #own: Version = { text: '', version: 0 }

  constructor(open: OpenTask) {
    this.#open = open
  }

  text = $derived.by(() => this.#wanted ?? this.#open.task?.description ?? '')

  get current(): Version {
    const task = this.#open.base?.task
    return { text: task?.description ?? '', version: task?.descriptionVersion ?? 0 }
  }

  get #latest(): Version {
    return this.#own.version > this.current.version ? this.#own : this.current
  }

  save(text: string, base: Version): Promise<Saved> {
    return this.#enqueue(text, () => this.#write(text, Math.max(base.version, this.#own.version)))
  }

  tick(index: number, isTicked: boolean): Promise<unknown> {
    const box = boxesOf(this.text)[index]
    const wanted = tick(this.text, index, isTicked)
    if (!box || wanted === null) return Promise.resolve()
    return this.#enqueue(wanted, async () => {
      let { text, version } = this.#latest
      for (let tries = 0; tries < TICK_TRIES; tries++) {
        const changed = tick(text, findBox(text, box.text, index), isTicked)
        if (changed === null || changed === text) return
        const saved = await this.#write(changed, version)
        if (saved.kind !== 'conflict') return
        ;({ text, version } = saved.current)
      }
    })
  }

  #enqueue<T>(wanted: string, run: () => Promise<T>): Promise<T> {
    this.#wanted = wanted
    this.#waiting++
    const done = this.#queue.then(run)
    const settle = () => {
      if (--this.#waiting === 0) this.#wanted = null
    }
    this.#queue = done.then(settle, settle)
    return done
  }

  async #write(description: string, version: number): Promise<Saved> {
    const { id } = this.#open
    const outcome = await this.#open.write({
      method: 'PATCH',
      path: `/api/tasks/${id}`,
      body: { description, version, ...this.#open.fields.scoped },
      acts: [{ name: 'updateTask', args: { id, changes: { description } } }],
    })
    if (outcome.kind === 'refused') return refusalOf(outcome)
    const { version: made } = outcome.body as Task
    this.#own = { text: description, version: made }
    return { kind: 'done' }
  }
}

function refusalOf({ problem }: Extract<Outcome, { kind: 'refused' }>): Saved {
  const { code, current } = problem as Problem & { current?: { description: string; version: number } }
  if (code !== 'tasks.conflict' || !current) return { kind: 'refused' }
  return { kind: 'conflict', current: { text: current.description, version: current.version } }
}
