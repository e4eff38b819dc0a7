import type { Context } from 'hono'

const UPLOADS = /^\/api\/tasks\/[^/]+\/attachments$/

/** Requests whose body is a file, not JSON: their route reads it, piece by piece. */
export const isUpload = (c: Context) => c.req.method === 'POST' && UPLOADS.test(c.req.path)
