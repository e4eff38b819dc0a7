const TEXT_FRAME = 0x81

/** One Socket.IO event as the bytes of one WebSocket frame: made once, written to any number of sockets. */
export interface Frame {
  bytes: number
  /** Handed to engine.io, which writes the prepared frame in its place among the socket's other packets. */
  options: { compress: false; wsPreEncodedFrame: [Buffer] }
}

export const eventsFrame = (envelopes: readonly string[]): Frame => frameOf(`["events",[${envelopes.join(',')}]]`)

export const messageFrame = (event: string, payload: unknown): Frame => frameOf(JSON.stringify([event, payload]))

/** 4 is a message of Engine.IO, 2 an event of Socket.IO in the default namespace. */
function frameOf(json: string): Frame {
  const length = Buffer.byteLength(json) + 2
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafeSlow(header + length)
  frame[0] = TEXT_FRAME
  if (header === 2) frame[1] = length
  else if (header === 4) frame.writeUInt16BE(length, 2)
  else frame.writeBigUInt64BE(BigInt(length), 2)
  if (header > 2) frame[1] = header === 4 ? 126 : 127
  frame.write('42', header, 'latin1')
  frame.write(json, header + 2)
  return { bytes: frame.length, options: { compress: false, wsPreEncodedFrame: [frame] } }
}
