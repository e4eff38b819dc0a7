import type { StreamPosition } from '@taskflow/shared/dto/board.ts'
import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import type { JoinAnswer } from '@taskflow/shared/socket/up.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { createPerson, type Person } from '../../core-api/src/testing/person.ts'
import { call, type Scene } from './scene.ts'

const SETTLED_MS = 1_500
const ANSWERED_WITHIN_MS = 8_000

/**
 * I4: somebody loses a board while something is down, sits on a socket of every node meanwhile, and comes back with
 * their old ticket afterwards: they hear nothing from behind the position of their removal.
 */
export async function removedDuring(scene: Scene, down: () => Promise<void>, up: () => Promise<void>): Promise<void> {
  const { stack, outsider, workspaceId, streams, ledger } = scene
  const rita = await createPerson(stack.url, 'Rita')
  const wish = { email: rita.email, role: 'member' }
  const { token } = await call<{ token: string }>(outsider, 'POST', `/api/workspaces/${workspaceId}/invitations`, wish)
  await call(rita, 'POST', `/api/invitations/${token}/accept`)
  const position = await call<StreamPosition>(rita, 'GET', `/api/streams/${streams[0]}/ticket`)
  const heard: Envelope[] = []
  const before = await listenEverywhere(scene, rita, heard)
  for (const socket of before) await join(socket, position)

  await down()
  await call(outsider, 'DELETE', `/api/workspaces/${workspaceId}/members/${rita.userId}`)
  const revokedAt = (await call<StreamPosition>(outsider, 'GET', `/api/streams/${streams[0]}/ticket`)).seq
  await delay(SETTLED_MS)
  await up()
  const after = await listenEverywhere(scene, rita, heard)
  for (const socket of after) {
    const answer = await join(socket, position)
    if (answer.ok) ledger.fault(`I4: Rita's old ticket was taken after her removal at ${revokedAt}`)
  }
  await delay(SETTLED_MS)
  // The removal itself is somewhere at or before this position; everything of hers ends there.
  const tooMuch = heard.filter(({ seq }) => seq > revokedAt)
  if (tooMuch.length > 0)
    ledger.fault(`I4: Rita, removed by ${revokedAt}, heard ${tooMuch.map(({ seq }) => seq).join()}`)
  for (const socket of [...before, ...after]) socket.close()
}

function listenEverywhere({ stack }: Scene, { token }: Person, heard: Envelope[]): Promise<Socket[]> {
  const options = { path: '/ws', transports: ['websocket'], auth: { token }, reconnection: false, forceNew: true }
  return Promise.all(
    stack.realtimeUrls.map(async (url) => {
      const socket = io(url, { ...options, extraHeaders: { origin: stack.url } })
      socket.on('events', (facts: Envelope[]) => heard.push(...facts))
      await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject))
      return socket
    }),
  )
}

async function join(socket: Socket, { id, ticket, epoch, seq }: StreamPosition): Promise<JoinAnswer> {
  const request = { stream: id, ticket, epoch, after: seq }
  const [answer] = (await socket.timeout(ANSWERED_WITHIN_MS).emitWithAck('join', [request])) as JoinAnswer[]
  return answer!
}
