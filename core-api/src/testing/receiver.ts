import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

type Answer = number | 'hang up' | 'silence' | { status: number; headers?: Record<string, string>; body?: string }

export type WebhookReceiver = Awaited<ReturnType<typeof openReceiver>>

/** A real server that keeps what it is sent, and answers as it is told: each answer once, then always 200. */
export async function openReceiver() {
  const received: Received[] = []
  const answers: Answer[] = []
  const server = createServer((request, response) => void take(request, response).catch(() => response.destroy()))
  async function take(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const said = Buffer.concat(chunks)
    received.push({ path: request.url!, headers: request.headers, body: said.toString('latin1') })
    const answer = answers.shift() ?? 200
    if (answer === 'hang up') return void request.socket.destroy()
    if (answer === 'silence') return
    const { status, headers, body } = typeof answer === 'number' ? { status: answer } : answer
    response.writeHead(status, headers).end(body ?? 'noted')
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    /** What was sent, read as JSON. */
    bodies: () => received.map(({ body }) => JSON.parse(Buffer.from(body, 'latin1').toString()) as Sent),
    answer: (...next: Answer[]) => void answers.push(...next),
    forget(): void {
      received.splice(0)
      answers.splice(0)
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

export interface Sent {
  type: string
  timestamp: string
  boardId: string | null
  actor: { name: string }
  task: { key: string; title: string; url: string }
  data: Record<string, unknown>
  text: string
}

/** Whether one of the signatures was made with this secret, as a receiver would find out. */
export function isSignedWith(secret: string, { headers, body }: Received): boolean {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.`
  const expected = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(signed)
    .update(body, 'latin1')
    .digest('base64')
  return String(headers['webhook-signature']).split(' ').includes(`v1,${expected}`)
}
