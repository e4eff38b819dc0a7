import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'

export interface ReceivedMail {
  to: string
  /** Lower-case names; folded lines are one. */
  headers: Record<string, string>
  subject: string
  text: string
  html: string
  /** When the last of it had come. */
  at: number
}

export type Mailbox = Awaited<ReturnType<typeof openMailbox>>

const PATIENCE_MS = 30_000
const CLOSE_WITHIN_MS = 200

type Session = SMTPServerSession & { hangUp(): void }
type Takes = (stream: SMTPServerDataStream, session: Session) => Promise<boolean>

/** A real mail server that keeps what it is given. `options` make it refuse or wait; `takes` may end it all. */
export async function openMailbox(options: SMTPServerOptions = {}, takes: Takes = async () => true) {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: CLOSE_WITHIN_MS,
    onData(stream, session, done) {
      take(stream, session, done).catch(done)
    },
    ...options,
  })
  async function take(stream: SMTPServerDataStream, session: SMTPServerSession, done: (error?: Error | null) => void) {
    const hangUp = () => {
      for (const connection of server.connections) if (connection.session === session) connection._socket.destroy()
    }
    if (!(await takes(stream, Object.assign(session, { hangUp })))) return
    // Whoever dies in the middle of a mail has not sent it.
    const raw = await readAll(stream).catch(() => undefined)
    if (raw === undefined) return
    received.push(parseMail(raw, session.envelope.rcptTo[0]?.address ?? ''))
    done()
  }

  server.on('error', () => {})
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    /** The last mail to this address about this, as soon as it is there. */
    async mailTo(address: string, about = ''): Promise<ReceivedMail> {
      for (
        const until = Date.now() + PATIENCE_MS;
        Date.now() < until;
        await new Promise((done) => setTimeout(done, 20))
      ) {
        const found = received.findLast(
          ({ to, subject, text }) => to === address && `${subject}\n${text}`.includes(about),
        )
        if (found) return found
      }
      throw new Error(`No mail "${about}" came for ${address}`)
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

export async function readAll(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

export function parseMail(raw: string, to: string): ReceivedMail {
  const { headers, body } = parsePart(raw)
  const boundary = /boundary="?([^";]+)"?/.exec(headers['content-type'] ?? '')?.[1]
  const parts = boundary
    ? body
        .split(`--${boundary}`)
        .slice(1, -1)
        .map((part) => parsePart(part.trimStart()))
    : []
  const ofType = (type: string) => parts.find((part) => part.headers['content-type']?.startsWith(type))
  const text = boundary ? ofType('text/plain') : { headers, body }
  const html = ofType('text/html')
  return {
    to,
    headers,
    subject: decodeWords(headers.subject ?? ''),
    text: text ? decodeBody(text) : '',
    html: html ? decodeBody(html) : '',
    at: Date.now(),
  }
}

interface Part {
  headers: Record<string, string>
  body: string
}

function parsePart(raw: string): Part {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1).trim(),
  ])
  return { headers: Object.fromEntries(headers), body: raw.slice(end + 4) }
}

function decodeBody({ headers, body }: Part): string {
  const encoding = headers['content-transfer-encoding']
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  return encoding === 'quoted-printable' ? decodeQuoted(body) : body
}

const decodeQuoted = (text: string) =>
  Buffer.from(
    text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    /=[0-9A-F]{2}/.test(text) ? 'latin1' : 'utf8',
  ).toString('utf8')

const decodeWords = (text: string) =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString() : decodeQuoted(word.replaceAll('_', ' ')),
    )
