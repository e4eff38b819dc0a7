import type { Write } from './write.ts'

// What the engine is given by its host: it has no clock, network or storage of its own.

export interface Clock {
  now(): number
  /** From 0 up to 1. */
  random(): number
  /** Runs once after `ms`; what it answers calls it off. */
  after(ms: number, run: () => void): () => void
}

/** Like the browser's `fetch`, with the person's session and the origin already in it. */
export type Fetch = (path: string, init?: RequestInit) => Promise<Response>

/** The part of a Socket.IO client that is used. */
export interface Socket {
  auth: unknown
  connect(): unknown
  disconnect(): unknown
  on(event: string, listener: (...args: never[]) => void): unknown
  emit(event: string, ...args: unknown[]): unknown
}

/** To be passed to Socket.IO's `io(origin, options)`: the engine decides itself when to connect. */
export const SOCKET_OPTIONS = {
  path: '/ws',
  transports: ['websocket'],
  autoConnect: false,
  reconnection: false,
  forceNew: true,
}

export type OpenSocket = (options: typeof SOCKET_OPTIONS) => Socket

/** Keeps unanswered writes over a reload. One place per person: nobody sends what somebody else typed. */
export interface WriteStorage {
  load(): Promise<Write[]>
  save(write: Write): Promise<void>
  remove(key: string): Promise<void>
}

/** Like `navigator.locks.request`: one holder of a name at a time over all tabs. */
export type Lock = <T>(name: string, run: () => Promise<T>) => Promise<T>

export interface Edges {
  fetch: Fetch
  io: OpenSocket
  storage: WriteStorage
  clock: Clock
  lock?: Lock
}
