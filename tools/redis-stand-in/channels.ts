import { bulk, type Reply } from './resp.ts'

export interface Listener {
  send(reply: Reply): void
  channels: Set<string>
  patterns: Set<string>
}

type Kind = 'channels' | 'patterns'

/** Who hears which channel; a confirmation is pushed for each name, as Redis does. */
export function createChannels() {
  const byName = { channels: new Map<string, Set<Listener>>(), patterns: new Map<string, Set<Listener>>() }
  const expressions = new Map<string, RegExp>()

  const confirm = (listener: Listener, word: string, name: string | null) => {
    const count = listener.channels.size + listener.patterns.size
    listener.send({ push: [bulk(word), name === null ? null : bulk(name), count] })
  }

  const add = (listener: Listener, kind: Kind, names: string[]) => {
    for (const name of names) {
      listener[kind].add(name)
      byName[kind].set(name, (byName[kind].get(name) ?? new Set()).add(listener))
      if (kind === 'patterns') expressions.set(name, expressionOf(name))
      confirm(listener, kind === 'channels' ? 'subscribe' : 'psubscribe', name)
    }
  }

  const drop = (listener: Listener, kind: Kind, name: string) => {
    listener[kind].delete(name)
    const listeners = byName[kind].get(name)
    listeners?.delete(listener)
    if (listeners?.size !== 0) return
    byName[kind].delete(name)
    if (kind === 'patterns') expressions.delete(name)
  }

  const remove = (listener: Listener, kind: Kind, names: string[]) => {
    const word = kind === 'channels' ? 'unsubscribe' : 'punsubscribe'
    const leaving = names.length > 0 ? names : [...listener[kind]]
    if (leaving.length === 0) confirm(listener, word, null)
    for (const name of leaving) {
      drop(listener, kind, name)
      confirm(listener, word, name)
    }
  }

  const publish = (channel: string, message: Buffer): number => {
    let heard = 0
    for (const listener of byName.channels.get(channel) ?? []) {
      listener.send({ push: [bulk('message'), bulk(channel), message] })
      heard++
    }
    for (const [pattern, expression] of expressions) {
      if (!expression.test(channel)) continue
      for (const listener of byName.patterns.get(pattern) ?? []) {
        listener.send({ push: [bulk('pmessage'), bulk(pattern), bulk(channel), message] })
        heard++
      }
    }
    return heard
  }

  const leave = (listener: Listener) => {
    for (const name of listener.channels) drop(listener, 'channels', name)
    for (const name of listener.patterns) drop(listener, 'patterns', name)
  }

  const countListeners = (channel: string) => byName.channels.get(channel)?.size ?? 0

  return { add, remove, publish, leave, countListeners }
}

function expressionOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]')
  return new RegExp(`^${source}$`)
}
