import type { Problem } from '@taskflow/shared/dto/problem.ts'
import type { WorkspaceState } from '@taskflow/shared/dto/workspace.ts'
import type { Edges } from '@taskflow/shared/sync/edges.ts'
import { createSync, type Sync } from '@taskflow/shared/sync/sync.ts'
import { systemClock } from '@taskflow/shared/sync/system-clock.ts'
import type { NewWrite } from '@taskflow/shared/sync/view.ts'
import type { Outcome, Write } from '@taskflow/shared/sync/write.ts'
import { io } from 'socket.io-client'
import type { Me } from '#lib/session.ts'
import { LiveView } from './live-view.svelte.ts'
import { userSource, type UserState, workspaceSource } from './sources.ts'
import { tabLock } from './tab-lock.ts'
import { writeStorage } from './write-storage.ts'

export interface LiveHost {
  signedOut(): void
  refused(refusal: { write: Write; problem: Problem }): void
}

/** The one engine of a tab: all its streams, and the queue of writes. On the server it only holds what was loaded. */
export class Live {
  readonly me: Me['user']
  readonly user: LiveView<UserState>
  readonly workspace = new LiveView<WorkspaceState>(null)
  /** Writes of this tab that have no answer yet. */
  pending = $state(0)
  isOnline = $state(true)
  #sync: Sync | null = null

  constructor(me: Pick<Me, 'user' | 'unread'>) {
    this.me = me.user
    this.user = new LiveView<UserState>({ user: me.user, unread: me.unread })
  }

  get sync(): Sync {
    if (!this.#sync) throw new Error('The engine runs in browsers only')
    return this.#sync
  }

  /** To be called once, in the browser; what it answers ends everything. */
  start(me: Pick<Me, 'user' | 'unread' | 'stream'>, host: LiveHost): () => void {
    const sync = (this.#sync = createSync({
      ...edges(me.user.id),
      onSignedOut: () => host.signedOut(),
      onRefused: (refusal) => host.refused(refusal),
    }))
    const count = () => (this.pending = sync.pending)
    const closeUser = this.user.connect(() => {
      const view = sync.open(userSource(me.user.id), {
        state: { user: me.user, unread: me.unread },
        stream: me.stream,
      })
      view.subscribe(count)
      return view
    })
    const stopWatching = this.#watchTab(sync)
    return () => {
      stopWatching()
      closeUser()
      sync.close()
      this.#sync = null
    }
  }

  openWorkspace(workspaceId: string): () => void {
    return this.workspace.connect(() => this.sync.open(workspaceSource(workspaceId)))
  }

  write(write: NewWrite): Promise<Outcome> {
    return this.sync.write(write)
  }

  #watchTab(sync: Sync): () => void {
    const wake = () => {
      this.isOnline = navigator.onLine
      sync.wake()
    }
    const seen = () => document.visibilityState === 'visible' && wake()
    const cached = (event: PageTransitionEvent) => event.persisted && wake()
    const offline = () => (this.isOnline = false)
    this.isOnline = navigator.onLine
    window.addEventListener('online', wake)
    window.addEventListener('offline', offline)
    window.addEventListener('pageshow', cached)
    document.addEventListener('visibilitychange', seen)
    return () => {
      window.removeEventListener('online', wake)
      window.removeEventListener('offline', offline)
      window.removeEventListener('pageshow', cached)
      document.removeEventListener('visibilitychange', seen)
    }
  }
}

const edges = (userId: string): Edges => ({
  fetch: (path, init) => fetch(path, init),
  io: (options) => io(location.origin, options),
  clock: systemClock,
  ...tabLock(userId, writeStorage(userId)),
})
