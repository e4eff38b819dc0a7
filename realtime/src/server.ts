import { CHANNEL_OF_SESSIONS } from '@taskflow/shared/names.ts'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { createAccepting } from './accepting.ts'
import { createApi } from './api.ts'
import { authenticate, Refused } from './authenticate.ts'
import { createCatchingUp } from './catching-up.ts'
import type { Config } from './config.ts'
import { drain } from './draining.ts'
import { createEndedSessions, readSessionsEnded } from './ended-sessions.ts'
import { createFanOut } from './fan-out.ts'
import type { FollowedStream } from './followed-stream.ts'
import { createHeads } from './heads.ts'
import { createHealth } from './health.ts'
import { createJoining } from './joining.ts'
import { TIMING, type Timing } from './limits.ts'
import { createMessages } from './messages.ts'
import { createMetrics } from './metrics.ts'
import { createPeers } from './peers.ts'
import { createPresence } from './presence.ts'
import { createRechecking } from './rechecking.ts'
import { createRedisLink } from './redis-link.ts'
import { createRevocations, evict } from './revoking.ts'
import { createSockets } from './sockets.ts'
import { createSubscriptions } from './subscriptions.ts'
import { createVerifier } from './verifying.ts'

export interface Deps {
  config: Config
  log: Logger
  timing?: Partial<Timing>
}

export type Realtime = ReturnType<typeof createRealtime>

export function createRealtime({ config, log, timing: shortened }: Deps) {
  const timing = { ...TIMING, ...shortened }
  const node = randomBytes(6).toString('hex')
  let moving = false

  const metrics = createMetrics()
  const api = createApi(config)
  const verifier = createVerifier(config)
  const revocations = createRevocations()
  const endedSessions = createEndedSessions()
  const peers = createPeers({ metrics, log, timing, rateLimitScale: config.rateLimitScale })
  const link = createRedisLink({ url: config.redisUrl, node, timing, log, recheck: () => rechecking.recheck() })
  const fanOut = createFanOut(metrics)
  const accepting = createAccepting({
    fanOut,
    revocations,
    metrics,
    timing,
    log,
    evict: shutOut,
    fillGap: async (stream) => void (stream.epoch && (await catchingUp.cover(stream, stream.epoch, stream.last))),
    askEpoch: (stream) => rechecking.askEpoch(stream),
  })
  const subscriptions = createSubscriptions({
    link,
    timing,
    log,
    hear: accepting.hear,
    left: (membership) => presence.left(membership),
  })
  const catchingUp = createCatchingUp({ api, revocations, log, accept: accepting.accept, unpark: accepting.unpark })
  const heads = createHeads({ peers: peers.all, link, fanOut, catchingUp, subscriptions, timing })
  const rechecking = createRechecking({
    api,
    revocations,
    endedSessions,
    peers,
    subscriptions,
    catchingUp,
    heads,
    link,
    timing,
    shutOut,
  })
  const presence = createPresence({ node, link, subscriptions, timing })
  const joining = createJoining({ verifier, revocations, subscriptions, catchingUp, fanOut, link, timing })
  const listenTo = createMessages({ joining, presence, metrics, log })

  const http = createServer(createHealth(metrics, { redis: link.isLive, probe: link.isProven, serving: () => !moving }))
  const io = createSockets({
    http,
    metrics,
    admit: async (handshake) => {
      if (moving) throw new Refused('node.moving')
      return authenticate(handshake, { config, verifier, endedSessions })
    },
    welcome: (socket, claims) => {
      const peer = peers.add(socket, claims)
      // The session may have ended while the handshake was under way.
      if (endedSessions.covers(claims)) peer.close('session')
      else listenTo(socket, peer)
    },
  })
  metrics.observe('realtime_sockets', 'Connected sockets', () => peers.all.size)
  metrics.observe('realtime_streams', 'Streams that are followed', () => subscriptions.size())
  metrics.observe('realtime_ring_bytes', 'Recent facts held in memory', () => subscriptions.ringBytes())
  metrics.observe('realtime_api_calls', 'Questions to core-api since the start', api.countCalls)
  let housekeeping: NodeJS.Timeout | undefined

  function shutOut(stream: FollowedStream, userIds: readonly string[]) {
    metrics.evicted.inc(evict(stream, userIds, revocations))
  }

  function endSessions(message: string) {
    const ended = readSessionsEnded(message)
    if (!ended) return log.warn('a message on the channel of sessions that is none')
    endedSessions.learn(ended)
    peers.endSessions(ended)
  }

  function keepHouse() {
    peers.tidy()
    subscriptions.dropUnused()
    revocations.forgetOld()
    endedSessions.forgetOld()
  }

  async function close() {
    clearInterval(housekeeping)
    presence.close()
    heads.close()
    rechecking.close()
    await io.close()
    link.close()
  }

  return {
    async listen(): Promise<number> {
      await new Promise<void>((resolve, reject) => {
        http.once('error', reject).listen(config.port, config.host, resolve)
      })
      void link.keepHearing(CHANNEL_OF_SESSIONS, endSessions)
      presence.start()
      heads.start()
      rechecking.start()
      housekeeping = setInterval(keepHouse, timing.housekeepingEveryMs)
      link.start()
      return (http.address() as AddressInfo).port
    },

    /** Not ready any more; everybody is asked to go elsewhere. */
    async drain(): Promise<void> {
      moving = true
      await drain(peers.all, timing.drainMs)
    },

    close,
  }
}
