import { createHash } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Deps } from '../deps.ts'
import type { AppEnv } from '../http/app-env.ts'
import { createRouter } from '../http/validate.ts'
import { escapeHtml, htmlPage, MAIL_STYLE } from './html.ts'
import { readUnsubscribeToken } from './unsubscribe-token.ts'
import { stopMails } from './unsubscribing.ts'
import { type Language, languageOf, wordsOf } from './words.ts'

const STYLE_HASH = createHash('sha256').update(MAIL_STYLE).digest('base64')
const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`
const tags = ['Me']
const page = (description: string) => ({ description, content: { 'text/html': { schema: z.string() } } })
const request = { params: z.object({ token: z.string().max(200) }) }
const responses = { 200: page('A page for people.'), 404: page('The link is not valid.') }

const routes = {
  ask: createRoute({
    method: 'get',
    path: '/api/unsubscribe/{token}',
    tags,
    summary: 'Asks whether mails shall stop; changes nothing',
    security: [],
    request,
    responses,
  }),
  stop: createRoute({
    method: 'post',
    path: '/api/unsubscribe/{token}',
    tags,
    summary: 'Stops mails about what happens, by one click in a mail program (RFC 8058)',
    security: [],
    request,
    responses,
  }),
}

export function unsubscribeRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.ask, (c) => {
    const { stop } = wordsOf(languageAsked(c))
    if (!readUnsubscribeToken(deps.config, c.req.valid('param').token)) return answer(c, 404, stop.invalid) as never
    return answer(c, 200, stop.ask, stop.button) as never
  })
  router.openapi(routes.stop, async (c) => {
    const { stop } = wordsOf(languageAsked(c))
    const userId = readUnsubscribeToken(deps.config, c.req.valid('param').token)
    if (!userId) return answer(c, 404, stop.invalid) as never
    await stopMails(deps, userId)
    return answer(c, 200, stop.done) as never
  })

  return router
}

const languageAsked = (c: Context<AppEnv>): Language => languageOf(c.req.header('accept-language'))

function answer(c: Context<AppEnv>, status: 200 | 404, words: string, button?: string): Response {
  const language = languageAsked(c)
  const { title } = wordsOf(language).stop
  const form = button ? `<form method="post"><button>${escapeHtml(button)}</button></form>` : ''
  const body = `<div class="card">\n<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(words)}</p>\n${form}\n</div>`
  c.header('Content-Security-Policy', PAGE_POLICY)
  // With no-referrer a browser would not say where the form comes from, and it would be refused.
  c.header('Referrer-Policy', 'same-origin')
  return c.html(htmlPage({ language, title, body }), status)
}
