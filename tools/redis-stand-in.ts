import { createServer, type AddressInfo, type Socket } from 'node:net'
import { createChannels, type Listener } from './redis-stand-in/channels.ts'
import { createKeys } from './redis-stand-in/keys.ts'
import { bulk, encode, OK, RequestReader, type Reply } from './redis-stand-in/resp.ts'

const UNSENT_LIMIT_BYTES = 32 * 1024 * 1024

type Shared = { keys: ReturnType<typeof createKeys>; channels: ReturnType<typeof createChannels> }

/** Speaks as much of Redis as the services use, for one machine: publish and subscribe, counters, health. */
export async function startRedisStandIn(port = 0): Promise<{ url: string; stop(): Promise<void> }> {
  const shared: Shared = { keys: createKeys(), channels: createChannels() }
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    serve(socket, shared)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function serve(socket: Socket, { keys, channels }: Shared) {
  const reader = new RequestReader()
  let version: 2 | 3 = 2
  let queued: Buffer[][] | undefined

  const listener: Listener = {
    channels: new Set(),
    patterns: new Set(),
    send: (reply) => {
      // As Redis does with its output buffer limit: a reader that does not read is cut off.
      if (socket.writableLength > UNSENT_LIMIT_BYTES) socket.destroy()
      else socket.write(encode(reply, version))
    },
  }

  const commands: Record<string, (args: Buffer[]) => Reply | undefined> = {
    ...keys,
    PING: ([text]) => {
      const subscribed = listener.channels.size + listener.patterns.size > 0
      if (version === 2 && subscribed) return [bulk('pong'), text ?? bulk('')]
      return text ?? { simple: 'PONG' }
    },
    HELLO: ([wanted]) => {
      if (wanted && !['2', '3'].includes(String(wanted))) return { error: 'NOPROTO unsupported protocol version' }
      if (wanted) version = String(wanted) === '3' ? 3 : 2
      const facts = { server: 'redis', version: '7.0.0', mode: 'standalone', role: 'master' }
      const texts = Object.entries(facts).map(([key, value]): [string, Reply] => [key, bulk(value)])
      return { map: [...texts, ['proto', version], ['id', 1], ['modules', []]] }
    },
    AUTH: () => OK,
    SELECT: () => OK,
    CLIENT: () => OK,
    QUIT: () => {
      socket.end(encode(OK, version))
      return undefined
    },
    SUBSCRIBE: (args) => channels.add(listener, 'channels', args.map(String)) as undefined,
    PSUBSCRIBE: (args) => channels.add(listener, 'patterns', args.map(String)) as undefined,
    UNSUBSCRIBE: (args) => channels.remove(listener, 'channels', args.map(String)) as undefined,
    PUNSUBSCRIBE: (args) => channels.remove(listener, 'patterns', args.map(String)) as undefined,
    PUBLISH: ([channel, message]) => channels.publish(String(channel), Buffer.from(message ?? '')),
    PUBSUB: ([word, ...names]) =>
      String(word).toUpperCase() === 'NUMSUB'
        ? names.flatMap((name) => [name, channels.countListeners(String(name))])
        : { error: 'ERR unknown subcommand' },
  }

  const run = ([word, ...args]: Buffer[]): Reply | undefined => {
    const name = String(word).toUpperCase()
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    return command ? command(args) : { error: `ERR unknown command '${name}'` }
  }

  const runOrQueue = (request: Buffer[]): Reply | undefined => {
    const name = String(request[0]).toUpperCase()
    if (name === 'MULTI') return ((queued = []), OK)
    if (!queued) return run(request)
    if (name === 'DISCARD') return ((queued = undefined), OK)
    if (name !== 'EXEC') return (queued.push(request), { simple: 'QUEUED' })
    const requests = queued
    queued = undefined
    return requests.map((each) => run(each) ?? null)
  }

  socket.on('data', (chunk) => {
    try {
      for (const request of reader.read(chunk as Buffer)) {
        const reply = runOrQueue(request)
        if (reply !== undefined && !socket.destroyed) socket.write(encode(reply, version))
      }
    } catch {
      socket.end(encode({ error: 'ERR Protocol error' }, version))
    }
  })
  socket.once('close', () => channels.leave(listener))
}
