export type Reply =
  | null
  | number
  | Buffer
  | Reply[]
  | { simple: string }
  | { error: string }
  | { push: Reply[] }
  | { map: [string, Reply][] }

export const OK: Reply = { simple: 'OK' }
export const bulk = (text: string): Reply => Buffer.from(text)

const MAX_REQUEST_BYTES = 16 * 1024 * 1024

export function encode(reply: Reply, version: 2 | 3): Buffer {
  if (reply === null) return Buffer.from(version === 3 ? '_\r\n' : '$-1\r\n')
  if (typeof reply === 'number') return Buffer.from(`:${reply}\r\n`)
  if (Buffer.isBuffer(reply)) return Buffer.concat([Buffer.from(`$${reply.length}\r\n`), reply, Buffer.from('\r\n')])
  if (Array.isArray(reply)) return encodeAll('*', reply.length, reply, version)
  if ('simple' in reply) return Buffer.from(`+${reply.simple}\r\n`)
  if ('error' in reply) return Buffer.from(`-${reply.error}\r\n`)
  if ('push' in reply) return encodeAll(version === 3 ? '>' : '*', reply.push.length, reply.push, version)
  const flat = reply.map.flatMap(([key, value]) => [bulk(key), value])
  return encodeAll(version === 3 ? '%' : '*', version === 3 ? reply.map.length : flat.length, flat, version)
}

function encodeAll(mark: string, length: number, parts: Reply[], version: 2 | 3): Buffer {
  return Buffer.concat([Buffer.from(`${mark}${length}\r\n`), ...parts.map((part) => encode(part, version))])
}

/** Gives every whole request (an array of bulk strings) and keeps the rest for the next chunk. */
export class RequestReader {
  #pending: Buffer = Buffer.alloc(0)

  read(chunk: Buffer): Buffer[][] {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    const requests: Buffer[][] = []
    for (let taken = this.#take(); taken; taken = this.#take()) {
      this.#pending = this.#pending.subarray(taken.end)
      requests.push(taken.parts)
    }
    if (this.#pending.length > MAX_REQUEST_BYTES) throw new Error('request too long')
    return requests
  }

  #take(): { parts: Buffer[]; end: number } | undefined {
    const head = this.#header(0, '*')
    if (!head) return undefined
    const parts: Buffer[] = []
    let at = head.end
    for (let count = 0; count < head.value; count++) {
      const part = this.#header(at, '$')
      if (!part || this.#pending.length < part.end + part.value + 2) return undefined
      parts.push(this.#pending.subarray(part.end, part.end + part.value))
      at = part.end + part.value + 2
    }
    return { parts, end: at }
  }

  #header(at: number, mark: string): { value: number; end: number } | undefined {
    const lineEnd = this.#pending.indexOf('\r\n', at)
    if (lineEnd === -1) return undefined
    const line = this.#pending.toString('latin1', at, lineEnd)
    const value = Number(line.slice(1))
    if (line[0] !== mark || !Number.isSafeInteger(value) || value < 0) throw new Error('not a RESP request')
    return { value, end: lineEnd + 2 }
  }
}
