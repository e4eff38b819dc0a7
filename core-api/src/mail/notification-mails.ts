import type { Config } from '../config.ts'
import { escapeHtml, htmlPage } from './html.ts'
import { type Mail, messageId } from './mail.ts'
import { unsubscribeUrl } from './unsubscribe-token.ts'
import type { Recipient, Unread } from './unread.queries.ts'
import { becauseOf, type Language, languageOf, type Told, wordsOf } from './words.ts'

const LISTED = 50
const ACTORS_NAMED = 2

/** One mail about one task, in the conversation of that task. */
export function notificationMail(config: Config, recipient: Recipient, unread: Unread): Mail {
  const language = languageOf(recipient.locale)
  const words = wordsOf(language)
  const subject = subjectOf(unread)
  const happened = sentenceOf(language, unread)
  const more = unread.unreadCount > 1 ? words.more(unread.unreadCount - 1) : ''
  const url = urlOf(config, unread)
  const why = becauseOf(language, words.why[unread.reason])
  const body = `<div class="card">
<p>${escapeHtml(happened)}${more && ` <small>${escapeHtml(more)}</small>`}</p>
<h1><a href="${escapeHtml(url)}">${escapeHtml(subject)}</a></h1>
${unread.excerpt ? `<blockquote>${escapeHtml(unread.excerpt)}</blockquote>` : ''}
<p><a class="button" href="${escapeHtml(url)}">${words.open}</a></p>
</div>
${footer(config, recipient, why)}`
  const lines = [`${happened}${more && ` (${more})`}:`, subject, unread.excerpt ?? '', url]
  const root = unread.taskId && messageId(config.publicUrl, `task.${unread.taskId}`)
  return {
    ...letter(config, recipient, { subject, text: lines.filter(Boolean).join('\n\n'), body, why }),
    ...(root && { inReplyTo: root, references: [root] }),
  }
}

/** All that is unread of one workspace, in one mail. */
export function digestMail(config: Config, recipient: Recipient, unread: Unread[]): Mail {
  const language = languageOf(recipient.locale)
  const words = wordsOf(language)
  const workspace = unread[0]!.workspace
  const listed = unread.slice(0, LISTED)
  const left = unread.length - listed.length
  const head = words.digestHead(unread.length, workspace)
  const inbox = `${config.publicUrl}/inbox`
  const why = becauseOf(language, words.digestWhy)
  const items = listed.map(
    (one) =>
      `<li><a href="${escapeHtml(urlOf(config, one))}">${escapeHtml(subjectOf(one))}</a><br><small>${escapeHtml(sentenceOf(language, one))}</small>${one.excerpt ? `<blockquote>${escapeHtml(one.excerpt)}</blockquote>` : ''}</li>`,
  )
  const body = `<div class="card">
<h1>${escapeHtml(head)}</h1>
<ul>
${items.join('\n')}
</ul>
${left > 0 ? `<p>${words.digestMore(left)}</p>` : ''}
<p><a class="button" href="${escapeHtml(inbox)}">${words.openInbox}</a></p>
</div>
${footer(config, recipient, why)}`
  const lines = listed.map((one) => `- ${subjectOf(one)}\n  ${sentenceOf(language, one)}\n  ${urlOf(config, one)}`)
  const text = [head, ...lines, left > 0 ? words.digestMore(left) : '', inbox].filter(Boolean).join('\n\n')
  return letter(config, recipient, { subject: words.digestSubject(unread.length, workspace), text, body, why })
}

export const subjectOf = ({ key, title }: Unread) => oneLine(key ? `${key} ${title}` : title)

export function sentenceOf(language: Language, { actors, reason, title, workspace, excerpt }: Unread): string {
  const words = wordsOf(language)
  const names = actors.slice(0, ACTORS_NAMED).map(({ name }) => name)
  const told: Told = { who: names.join(` ${words.and} `) || null, subject: title, workspace, excerpt }
  return words.happened[reason](told)
}

export function urlOf({ publicUrl }: Config, { boardId, taskId }: Unread): string {
  if (boardId && taskId) return `${publicUrl}/boards/${boardId}/tasks/${taskId}`
  return boardId ? `${publicUrl}/boards/${boardId}` : `${publicUrl}/inbox`
}

interface Written {
  subject: string
  text: string
  body: string
  why: string
}

function letter(config: Config, recipient: Recipient, { subject, text, body, why }: Written): Mail {
  const words = wordsOf(languageOf(recipient.locale))
  const stop = unsubscribeUrl(config, recipient.id)
  return {
    to: recipient.email,
    subject,
    text: `${text}\n\n--\n${why}\n${words.preferences}: ${config.publicUrl}/settings\n${words.unsubscribe}: ${stop}\n`,
    html: htmlPage({ language: languageOf(recipient.locale), title: subject, body }),
    headers: {
      'List-Unsubscribe': `<${stop}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
    },
  }
}

function footer(config: Config, recipient: Recipient, why: string): string {
  const words = wordsOf(languageOf(recipient.locale))
  const links = [
    `<a href="${escapeHtml(`${config.publicUrl}/settings`)}">${words.preferences}</a>`,
    `<a href="${escapeHtml(unsubscribeUrl(config, recipient.id))}">${words.unsubscribe}</a>`,
  ]
  return `<p class="quiet">${escapeHtml(why)} ${links.join(' · ')}</p>`
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
