import type { Context } from 'hono'

const UPLOADS = /^(POST \/api\/tasks\/[^/]+\/attachments|PUT \/api\/me\/avatar)$/

/** Requests whose body is a file, not JSON: their route reads it, piece by piece. */
export const isUpload = (c: Context) => UPLOADS.test(`${c.req.method} ${c.req.path}`)
