import WebSocket from 'ws'

export interface Ear {
  /** Called with each received frame of facts. */
  onFacts?: (frame: string) => void
  bytes: number
  /** Sends `join` and resolves with the answer's text. */
  join(requests: object[]): Promise<string>
  close(): void
}

/**
 * One listener, speaking just enough of Engine.IO and Socket.IO by hand: with a thousand of them in one process next to
 * the service, a full client library would measure itself.
 */
export async function openEar(url: string, token: string, origin: string): Promise<Ear> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/?EIO=4&transport=websocket`, {
    origin,
    perMessageDeflate: false,
  })
  const acks = new Map<number, (text: string) => void>()
  let lastAck = 0
  const ear: Ear = {
    bytes: 0,
    join(requests) {
      const id = ++lastAck
      socket.send(`42${id}${JSON.stringify(['join', requests])}`)
      return new Promise((resolve) => acks.set(id, resolve))
    },
    close: () => socket.terminate(),
  }
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('message', (data: Buffer) => {
      ear.bytes += data.length
      const text = data.toString()
      if (text.startsWith('42["events"')) ear.onFacts?.(text)
      else if (text === '2') socket.send('3')
      else if (text[0] === '0') socket.send(`40${JSON.stringify({ token })}`)
      else if (text.startsWith('40')) resolve()
      else if (text.startsWith('44')) reject(new Error(text))
      else if (text.startsWith('43')) answer(text)
    })
  })
  function answer(text: string) {
    const [, id = '', rest = ''] = /^43(\d+)(.*)$/s.exec(text) ?? []
    acks.get(Number(id))?.(rest)
    acks.delete(Number(id))
  }
  return ear
}
