import { readFile, rm } from 'node:fs/promises'
import type { Context } from 'hono'
import { receiveContent } from '../attachments/receiving.ts'
import { storeLooseFile } from '../attachments/storing.ts'
import { incomingFolder } from '../attachments/uploading.ts'
import type { Deps } from '../deps.ts'
import { BadRequest, Problem, Unprocessable } from '../errors.ts'
import type { AppEnv } from '../http/app-env.ts'
import { change } from '../http/writing.ts'
import { demandPerson } from '../me/editing-profile.ts'
import { chooseAvatar } from './choosing.ts'
import { isPicture, measure } from './measuring.ts'

const AVATAR_LIMIT_BYTES = 512 * 1024
const SIDE_LIMIT = 1024

/** Receives, checks and stores a picture. No transaction is open while it travels. */
export async function uploadAvatar(c: Context<AppEnv>, deps: Deps): Promise<Response> {
  const actor = c.get('actor')
  demandPerson(actor)
  if (Number(c.req.header('content-length') ?? 0) > AVATAR_LIMIT_BYTES) throw tooLarge()
  const content = c.req.raw.body
  if (!content) throw new BadRequest('avatars.no_picture', 'Send a picture.')
  const file = await receiveContent(content, incomingFolder(deps), { bytes: AVATAR_LIMIT_BYTES, exceeded: tooLarge })
  try {
    checkPicture(file.type, await readFile(file.path))
    const fileId = await storeLooseFile(deps, actor, file, { userId: actor.id })
    c.set('bodyText', file.sha256)
    return await change(c, deps, (ctx) => chooseAvatar(ctx, { ...file, fileId }))
  } finally {
    await rm(file.path, { force: true })
  }
}

/** Everybody's browser unpacks it, many times on one screen: few bytes must not become many. */
function checkPicture(type: string, content: Buffer): void {
  const size = isPicture(type) ? measure(type, content) : undefined
  if (!size) throw noPicture()
  if (Math.max(size.width, size.height) > SIDE_LIMIT) throw tooManyPixels()
}

const tooLarge = () =>
  new Problem(413, 'Too large', 'avatars.too_large', `A picture may have at most ${AVATAR_LIMIT_BYTES} bytes.`)

const noPicture = () =>
  new Problem(415, 'Unsupported media type', 'avatars.no_picture', 'Send a PNG, JPEG, WebP or GIF picture.')

const tooManyPixels = () =>
  new Unprocessable('avatars.too_many_pixels', `A picture may be at most ${SIDE_LIMIT} pixels wide and high.`)
