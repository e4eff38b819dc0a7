import { newId } from '@taskflow/shared/ids.ts'
import { setTimeout as delay } from 'node:timers/promises'
import type { Person } from '../../../core-api/src/testing/person.ts'
import type { Ledger } from '../ledger.ts'

const ANSWERED_WITHIN_MS = 10_000
const AGAIN_AFTER_MS = 150
const FOR_LATER = new Set([429, 502, 503, 504])

export interface Answered<T> {
  body: T
  status: number
  /** The key by which the act was asked for, also again and again. */
  act: string
  /** When it was first asked for. */
  at: number
}

export type Ask = ReturnType<typeof createAsking>

/** Asks for an act by one key until there is an answer: whatever dies meanwhile, it has happened once. */
export function createAsking(url: string, ledger: Ledger) {
  async function once({ cookie }: Person, method: string, path: string, body: unknown, key: string) {
    const headers = { cookie, 'content-type': 'application/json', 'idempotency-key': key }
    const signal = AbortSignal.timeout(ANSWERED_WITHIN_MS)
    const said = body === undefined ? null : JSON.stringify(body)
    const answer = await fetch(url + path, { method, headers, body: said, signal })
    return { status: answer.status, text: await answer.text() }
  }

  return async function ask<T>(
    person: Person,
    method: string,
    path: string,
    body?: unknown,
    mayBeRefusedBy?: string,
  ): Promise<Answered<T>> {
    const [act, at] = [newId(), Date.now()]
    for (;;) {
      const answer = await once(person, method, path, body, act).catch(() => undefined)
      if (answer && !isForLater(answer)) {
        const { status, text } = answer
        if (status >= 300 && !(mayBeRefusedBy && text.includes(mayBeRefusedBy))) {
          ledger.fault(`${person.name}'s ${method} ${path} was answered ${status}: ${text}`)
        }
        return { body: parse(text) as T, status, act, at }
      }
      await delay(AGAIN_AFTER_MS)
    }
  }
}

const isForLater = ({ status, text }: { status: number; text: string }) =>
  FOR_LATER.has(status) || (status === 409 && text.includes('idempotency.in_progress'))

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
