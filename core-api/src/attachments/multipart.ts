import { BadRequest } from '../errors.ts'

type Bytes = AsyncIterable<Uint8Array>

const HEADERS_LIMIT = 8_192
const FIELD_LIMIT = 65_536
const END_OF_HEADERS = Buffer.from('\r\n\r\n')

/** Hands the one file of a form (RFC 7578) to `save` while it arrives; nothing is kept in memory. */
export async function readFormFile<T>(
  body: Bytes,
  boundary: string,
  save: (name: string, content: Bytes) => Promise<T>,
): Promise<T | undefined> {
  const form = createScanner(body)
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  let saved: { result: T } | undefined
  await collect(form.until(delimiter), FIELD_LIMIT)
  while (!(await form.startsWith('--'))) {
    const name = fileNameIn(await collect(form.until(END_OF_HEADERS), HEADERS_LIMIT))
    if (name === undefined) await collect(form.until(delimiter), FIELD_LIMIT)
    else if (saved) throw malformed('Send one file at a time.')
    else saved = { result: await save(name, form.until(delimiter)) }
  }
  return saved?.result
}

export function boundaryOf(contentType: string): string {
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType)
  const boundary = match?.[1] ?? match?.[2]
  if (!boundary) throw malformed('The form names no boundary.')
  return boundary
}

function createScanner(body: Bytes) {
  const chunks = body[Symbol.asyncIterator]()
  // As if a line had ended before the form: then its first delimiter looks like the others.
  let rest: Buffer = Buffer.from('\r\n')

  async function more() {
    const { done, value } = await chunks.next()
    if (done) throw malformed('The form ends too early.')
    rest = Buffer.concat([rest, value])
  }

  return {
    async *until(mark: Buffer): AsyncGenerator<Uint8Array> {
      for (;;) {
        const at = rest.indexOf(mark)
        const whole = at >= 0 ? at : Math.max(0, rest.length - mark.length + 1)
        const piece = rest.subarray(0, whole)
        rest = rest.subarray(at >= 0 ? at + mark.length : whole)
        if (piece.length > 0) yield piece
        if (at >= 0) return
        await more()
      }
    },

    async startsWith(text: string): Promise<boolean> {
      while (rest.length < text.length) await more()
      return rest.toString('latin1', 0, text.length) === text
    },
  }
}

async function collect(pieces: Bytes, limit: number): Promise<string> {
  const kept: Uint8Array[] = []
  let size = 0
  for await (const piece of pieces) {
    size += piece.length
    if (size > limit) throw malformed('A part of the form is too long.')
    kept.push(piece)
  }
  return Buffer.concat(kept).toString()
}

function fileNameIn(headers: string): string | undefined {
  const disposition = /^content-disposition:(.*)$/im.exec(headers)?.[1] ?? ''
  const quoted = /;\s*filename="((?:\\.|[^"\\])*)"/i.exec(disposition)?.[1]
  return quoted?.replace(/\\(.)/g, '$1').replace(/%22/g, '"')
}

const malformed = (detail: string) => new BadRequest('request.malformed', detail)
