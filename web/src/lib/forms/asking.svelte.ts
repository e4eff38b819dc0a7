import { ApiError } from '#lib/api.ts'
import { refusalWords } from '#lib/forms/refusal-words.ts'
import type { Messages } from '#lib/messages/en.ts'

/** Asks the server for something that must not be kept on the device, and puts a refusal into words. */
export class Asking {
  isBusy = $state(false)
  fault = $state('')
  #m: Messages
  #words: Record<string, string>

  /** `words` by the last part of the code, for refusals that mean something here. */
  constructor(m: Messages, words: Record<string, string> = {}) {
    this.#m = m
    this.#words = words
  }

  async ask<T>(run: () => Promise<T>): Promise<T | undefined> {
    if (this.isBusy) return undefined
    this.isBusy = true
    this.fault = ''
    try {
      return await run()
    } catch (error) {
      this.fault = this.#say(error)
      return undefined
    } finally {
      this.isBusy = false
    }
  }

  #say(error: unknown): string {
    const { problem } = this.#m
    if (!(error instanceof ApiError)) return problem.unexpected
    const own = this.#words[error.code.split('.').at(-1)!]
    if (own) return own
    if (error.status === 429) return problem.tooMany(error.retryAfterSeconds ?? 60)
    if (error.isUnreachable) return problem.unreachable
    return error.status >= 500 ? problem.unexpected : refusalWords(this.#m, error)
  }
}
