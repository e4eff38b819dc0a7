import type { Envelope } from '../events/envelope.ts'
import type { Problem } from '../dto/problem.ts'
import { newId } from '../ids.ts'
import { Connection } from './connection.ts'
import type { Edges, Fetch } from './edges.ts'
import { Queue } from './queue.ts'
import type { Snapshot } from './replica.ts'
import type { Source } from './source.ts'
import { Stream } from './stream.ts'
import { type NewWrite, View } from './view.ts'
import type { Act, Acts, Outcome, Write } from './write.ts'

export interface SyncOptions extends Edges {
  /** The session has ended. Writes are kept; after a new sign-in, call `wake`. */
  onSignedOut?(): void
  /** The write's overlay is gone from the screen; what was typed is in it. */
  onRefused?(refusal: { write: Write; problem: Problem }): void
}

interface Open {
  stream: Pick<Stream, 'id' | 'hear' | 'wake' | 'signOut'> & { readonly replica: { seq: number } | null }
  view: Pick<View<unknown>, 'notify' | 'close'>
}

export type Sync = ReturnType<typeof createSync>

/** The client engine: every stream of a tab over one socket, and one queue of writes. */
export function createSync(options: SyncOptions) {
  const { clock } = options
  const open = new Map<string, Open>()
  let wakes = 0
  const fetch: Fetch = async (path, init) => {
    const asked = wakes
    const response = await options.fetch(path, init)
    // Somebody may have signed in since: that answer says nothing about the new session.
    if (response.status === 401 && asked !== wakes) throw new Error('Asked with the session of before')
    return response
  }
  const net = { fetch, clock }

  const signedOut = () => {
    for (const { stream } of open.values()) stream.signOut()
    options.onSignedOut?.()
  }
  const notifyAll = () => {
    for (const { view } of open.values()) view.notify([])
  }
  const queue = new Queue({
    ...net,
    storage: options.storage,
    ...(options.lock && { lock: options.lock }),
    changed: notifyAll,
    answered: (positions) => {
      for (const [id, seq] of Object.entries(positions)) open.get(id)?.stream.hear(seq)
      for (const { stream } of open.values()) settle(stream)
    },
    refused: (refusal) => options.onRefused?.(refusal),
    signedOut,
  })
  const connection = new Connection({ ...net, io: options.io, signedOut })

  const settle = ({ id, replica }: Open['stream']) => replica && queue.reached(id, replica.seq)

  function openStream<State, A extends Act = Act>(
    source: Source<State> & { acts?: Acts<State> },
    snapshot?: Snapshot<State>,
  ): View<State, A> {
    if (open.has(source.id)) throw new Error(`${source.id} is open already`)
    const stream: Stream<State> = new Stream<State>(
      source,
      {
        ...net,
        changed: (applied: Envelope[]) => {
          queue.learn(applied)
          settle(stream)
          if (stream.isGone) connection.leave(stream)
          view.notify(applied)
        },
        ready: () => connection.join(stream),
        unconfirmed: () => connection.rejoin(stream),
        rewritten: () => queue.forget(source.id),
        signedOut,
      },
      snapshot,
    )
    const close = () => {
      stream.close()
      connection.leave(stream)
      open.delete(source.id)
    }
    const view = new View<State, A>({ stream, queue, connection, acts: source.acts ?? {}, clock, close })
    open.set(source.id, { stream, view })
    stream.open()
    return view
  }

  void queue.load()

  return {
    open: openStream,

    /** A write that belongs to streams which need not be open. */
    write: ({ acts = [], alsoStreams = [], ...request }: NewWrite): Promise<Outcome> =>
      queue.add({ ...request, key: newId(clock.now()), streams: alsoStreams, acts }),

    /** How many writes have no answer yet. */
    get pending() {
      return queue.pending()
    },

    /** To be called when the network is back, the tab becomes visible, or somebody has signed in again. */
    wake() {
      wakes++
      connection.wake()
      for (const { stream } of open.values()) stream.wake()
      queue.wake()
    },

    close() {
      for (const { view } of [...open.values()]) view.close()
      connection.close()
      queue.close()
    },
  }
}
