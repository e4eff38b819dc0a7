import { SOCKET_PATH } from '@taskflow/shared/names.ts'
import type { Down } from '@taskflow/shared/socket/down.ts'
import type { Up } from '@taskflow/shared/socket/up.ts'
import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import { Refused } from './authenticate.ts'
import { MESSAGE_LIMIT_BYTES } from './limits.ts'
import type { Metrics } from './metrics.ts'
import type { ClientSocket } from './peer.ts'
import type { TokenClaims } from './verifying.ts'

interface SocketsOptions {
  http: HttpServer
  metrics: Metrics
  admit: (handshake: ClientSocket['handshake']) => Promise<TokenClaims>
  welcome: (socket: ClientSocket, claims: TokenClaims) => void
}

export function createSockets({ http, metrics, admit, welcome }: SocketsOptions) {
  const io = new Server<Up, Down>(http, {
    path: SOCKET_PATH,
    addTrailingSlash: false,
    transports: ['websocket'],
    allowUpgrades: false,
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MESSAGE_LIMIT_BYTES,
    connectTimeout: 10_000,
    pingInterval: 20_000,
    pingTimeout: 15_000,
  })
  io.use((socket, next) => {
    admit(socket.handshake).then(
      (claims) => {
        socket.data = claims
        next()
      },
      (error: unknown) => {
        const refusal = error instanceof Refused ? error : new Refused('node.unavailable')
        metrics.refused.inc({ code: refusal.data.code })
        next(refusal)
      },
    )
  })
  io.on('connection', (socket) => {
    const claims = socket.data as TokenClaims
    forgetRequest(socket)
    welcome(socket, claims)
  })
  return io
}

/** The upgrade request, its headers and the token are not needed again; kept, they would be a third of a socket. */
function forgetRequest(socket: ClientSocket) {
  Object.assign(socket.conn, { request: null })
  Object.assign(socket, { handshake: null, data: null })
}
