import { promisify } from 'node:util'
import { constants, crc32, deflateRaw, type ZlibOptions } from 'node:zlib'
import type { SnapshotParts } from './snapshot.ts'

/** Below, a compressed answer is hardly smaller. */
const LEAST_BYTES = 1024
/** Each is compressed by itself, so that several threads share in a large board. */
const PIECE_BYTES = 256 * 1024
const FLUSHED: ZlibOptions = { level: 1, finishFlush: constants.Z_SYNC_FLUSH }
/** gzip, deflated, without a name or a time. */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
const LAST_BLOCK = Buffer.from([3, 0])

const deflate = promisify<Buffer, ZlibOptions, Buffer>(deflateRaw)
const compressed = new WeakMap<Buffer, Promise<Buffer>>()

/** Compressed here and not by the gateway, which would have to weaken the tag. */
export const worthCompressing = ({ own, shared }: SnapshotParts, acceptEncoding: string | undefined): boolean =>
  own.length + shared.length >= LEAST_BYTES && /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(acceptEncoding ?? '')

/** One gzip of both parts, of which the second is compressed once for all who read it. */
export async function compress({ own, shared }: SnapshotParts): Promise<Buffer> {
  const [first, second] = await Promise.all([deflate(own, FLUSHED), compressed.get(shared) ?? remember(shared)])
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(crc32(shared, crc32(own)), 0)
  trailer.writeUInt32LE(own.length + shared.length, 4)
  return Buffer.concat([GZIP_HEADER, first, second, LAST_BLOCK, trailer])
}

function remember(shared: Buffer): Promise<Buffer> {
  const pieces = Array.from({ length: Math.ceil(shared.length / PIECE_BYTES) }, (_, i) =>
    deflate(shared.subarray(i * PIECE_BYTES, (i + 1) * PIECE_BYTES), FLUSHED),
  )
  const whole = Promise.all(pieces).then((parts) => Buffer.concat(parts))
  compressed.set(shared, whole)
  return whole
}
