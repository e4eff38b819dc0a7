import type { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import type { Outcome } from '@taskflow/shared/sync/write.ts'
import { createApi } from '#lib/api.ts'
import type { OpenTask } from './open-task.svelte.ts'
import { fromCard, fromListed, type Related, relationsOf } from './relations.ts'

export type Side = 'blockedBy' | 'blocks'

const WAIT_MS = 150
const MOST = 8

/** What a task waits for and what waits for it, also on other boards. */
export class Relating {
  #read = $state.raw<{ blockedBy: Related[]; blocks: Related[] }>({ blockedBy: [], blocks: [] })
  #open: OpenTask

  constructor(open: OpenTask) {
    this.#open = open
  }

  sides = $derived.by(() => {
    const { board, face, id } = this.#open
    const task = face ?? { id, blockedByIds: [] }
    return relationsOf(task, board.id, board.live.state?.tasks ?? [], (card) => board.keyOf(card), this.#read)
  })

  async read() {
    const path = `/api/tasks/${this.#open.id}/dependencies`
    const sides = await createApi(fetch)
      .get<{ blockedBy: ListedTask[]; blocks: ListedTask[] }>(path)
      .catch(() => null)
    if (sides) this.#read = { blockedBy: sides.blockedBy.map(fromListed), blocks: sides.blocks.map(fromListed) }
  }

  /** Here at once, elsewhere after a moment; what is related already is not offered. */
  async find(text: string, signal: AbortSignal): Promise<Related[]> {
    const { board } = this.#open
    const wanted = text.trim().toLocaleLowerCase()
    const here = (board.live.state?.tasks ?? [])
      .map((card) => fromCard(card, board.keyOf(card)))
      .filter((one) => `${one.key} ${one.title}`.toLocaleLowerCase().includes(wanted))
      .slice(0, MOST)
    if (!wanted) return this.#offered(here)
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
    signal.throwIfAborted()
    const path = `/api/workspaces/${board.board?.workspaceId}/search?limit=20&q=${encodeURIComponent(text.trim())}`
    const found = await createApi(fetch)
      .get<{ items: ListedTask[] }>(path, { signal })
      .catch((): { items: ListedTask[] } => ({ items: [] }))
    signal.throwIfAborted()
    const all = new Map([...found.items.map(fromListed), ...here].map((one) => [one.id, one]))
    return this.#offered([...all.values()])
  }

  add(side: Side, other: Related) {
    this.#set(side, other, true)
  }

  remove(side: Side, other: Related) {
    this.#set(side, other, false)
  }

  #set(side: Side, other: Related, on: boolean) {
    this.#open.did(this.#write(side, other, on), () => void this.#write(side, other, !on))
  }

  #write(side: Side, other: Related, on: boolean): Promise<Outcome> {
    const { id: own } = this.#open
    const [id, blockerId] = side === 'blockedBy' ? [own, other.id] : [other.id, own]
    this.#note(side, other, on)
    return this.#open.write({
      method: on ? 'PUT' : 'DELETE',
      path: `/api/tasks/${id}/blockers/${blockerId}`,
      acts: [{ name: 'setBlocker', args: { id, blockerId, on } }],
    })
  }

  /** What the board does not know: the title of the other, and what waits elsewhere. */
  #note(side: Side, other: Related, on: boolean) {
    const others = this.#read[side].filter(({ id }) => id !== other.id)
    const ids = other.blockedByIds.filter((id) => id !== this.#open.id)
    const noted = side === 'blocks' ? { ...other, blockedByIds: on ? [...ids, this.#open.id] : ids } : other
    this.#read = { ...this.#read, [side]: [...others, noted] }
  }

  #offered(all: Related[]): Related[] {
    const { blockedBy, blocks } = this.sides
    const taken = new Set([this.#open.id, ...[...blockedBy, ...blocks].map(({ id }) => id)])
    return all.filter(({ id }) => !taken.has(id)).slice(0, MOST)
  }
}
