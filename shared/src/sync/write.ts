import type { Problem } from '../dto/problem.ts'

/** What a write will look like before it is answered, as data, so that it survives a reload. */
export interface Act {
  name: string
  args: unknown
}

export type Acts<State> = Record<string, (state: State, args: never) => State>

/** The acts that a table of them knows, with their arguments. */
export type ActOf<Table> = {
  [Name in keyof Table & string]: Table[Name] extends (state: never, args: infer Args) => unknown
    ? { name: Name; args: Args }
    : never
}[keyof Table & string]

export interface Request {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  body?: unknown
  headers?: Record<string, string>
  /** What a person typed for it: kept with it, to be given back if it is refused. */
  typed?: Typed[]
}

export interface Typed {
  /** Where it was typed, in words of the program. */
  field: string
  text: string
  /** What it was before, if it is an edit. */
  original?: string
}

export interface Write extends Request {
  /** The Idempotency-Key: the same at every attempt. */
  key: string
  /** Later writes of one tab have higher numbers. */
  order: number
  /** The streams whose state it changes; writes that share one are sent in order. */
  streams: string[]
  acts: Act[]
}

export type Outcome =
  { kind: 'done'; body: unknown; positions: Record<string, number> } | { kind: 'refused'; problem: Problem }

/** State with acts laid over it. An act of another version of the program may not fit; the facts will tell. */
export function overlay<State>(state: State, acts: Act[], table: Acts<State>): State {
  return acts.reduce((shown, { name, args }) => {
    try {
      return table[name]?.(shown, args as never) ?? shown
    } catch {
      return shown
    }
  }, state)
}
