import type { User } from '@taskflow/shared/dto/user.ts'
import { ApiError, createApi, toApiError } from '#lib/api.ts'

const SIDE = 256
const QUALITY = 0.9
const LARGEST_BYTES = 25 * 1024 * 1024

export type Fault = 'no picture' | 'too large' | 'unreachable' | 'refused'

export class PictureFault extends Error {
  readonly fault: Fault

  constructor(fault: Fault) {
    super(`The picture was not taken: ${fault}`)
    this.fault = fault
  }
}

/** The largest square in the middle, and the side that it is drawn with: never larger than it was. */
export function squareIn({ width, height }: { width: number; height: number }) {
  const from = Math.min(width, height)
  return {
    x: Math.floor((width - from) / 2),
    y: Math.floor((height - from) / 2),
    from,
    to: Math.max(1, Math.min(SIDE, from)),
  }
}

/** What is sent of a chosen file: a small square, without what cameras write into theirs. */
export async function toAvatar(file: Blob): Promise<Blob> {
  if (file.size > LARGEST_BYTES) throw new PictureFault('too large')
  const picture = await createImageBitmap(file).catch(() => {
    throw new PictureFault('no picture')
  })
  const { x, y, from, to } = squareIn(picture)
  const canvas = new OffscreenCanvas(to, to)
  const pen = canvas.getContext('2d')!
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, to, to)
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(picture, x, y, from, from, 0, 0, to, to)
  picture.close()
  const webp = await canvas.convertToBlob({ type: 'image/webp', quality: QUALITY })
  // Browsers that cannot write WebP answer with a PNG.
  return webp.type === 'image/webp' ? webp : canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })
}

export async function sendAvatar(fetch: typeof globalThis.fetch, picture: Blob): Promise<User> {
  const headers = { accept: 'application/json', 'content-type': picture.type }
  const answer = await fetch('/api/me/avatar', { method: 'PUT', headers, body: picture }).catch(() => {
    throw new PictureFault('unreachable')
  })
  if (!answer.ok) throw toFault(await toApiError(answer))
  return (await answer.json()) as User
}

export const removeAvatar = (fetch: typeof globalThis.fetch): Promise<void> =>
  createApi(fetch)
    .delete<void>('/api/me/avatar')
    .catch((error: unknown) => {
      throw error instanceof ApiError ? toFault(error) : error
    })

function toFault({ status, isUnreachable }: ApiError): PictureFault {
  if (isUnreachable || status === 429) return new PictureFault('unreachable')
  return new PictureFault(status === 413 ? 'too large' : 'refused')
}
