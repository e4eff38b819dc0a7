import { read } from '../context.ts'
import type { CoreDeps } from '../core-deps.ts'
import type { OutgoingMessage } from '../deliveries/outgoing-message.ts'
import type { NotSent } from '../deliveries/senders.ts'
import { systemActor } from '../jobs/system-actor.ts'
import { sentenceOf, subjectOf, urlOf } from '../mail/notification-mails.ts'
import { findUnread } from '../mail/unread.queries.ts'
import { languageOf } from '../mail/words.ts'
import { type Payload, slackText, slackLink } from './slack-text.ts'

export type Composed = { body: object } | NotSent

/** A fact, or a test, goes out as it was written down; what a person is told is decided when it leaves. */
export async function composeGeneric(deps: CoreDeps, message: OutgoingMessage): Promise<Composed> {
  if (message.purpose !== 'notification') return { body: message.payload as object }
  const told = await findNews(deps, message)
  if ('status' in told) return told
  const timestamp = new Date(deps.clock.now()).toISOString()
  return { body: { type: 'notification', timestamp, data: told } }
}

export async function composeSlack(deps: CoreDeps, message: OutgoingMessage): Promise<Composed> {
  if (message.purpose === 'notification') {
    const told = await findNews(deps, message)
    return 'status' in told ? told : { body: { text: `${told.text}: ${slackLink(told.url, told.title)}` } }
  }
  const payload = message.payload as Payload
  return { body: { text: slackText(payload, await columnOf(deps, payload)) } }
}

/** What the person has not read yet, in the words of a mail. */
async function findNews(deps: CoreDeps, message: OutgoingMessage) {
  const asked = await findUnread(deps, message)
  if ('status' in asked) return asked
  const [news] = asked.unread
  const { id, reason, workspaceId, boardId, taskId, excerpt, unreadCount } = news!
  return {
    ...{ id, reason, workspaceId, boardId, taskId, excerpt, unreadCount },
    title: subjectOf(news!),
    text: sentenceOf(languageOf(asked.recipient.locale), news!),
    url: urlOf(deps.config, news!),
  }
}

async function columnOf(deps: CoreDeps, { type, workspaceId, data }: Payload): Promise<string | null> {
  if (type !== 'task.moved' || !workspaceId || !data?.columnId) return null
  const [column] = await read(deps, systemActor(workspaceId), ({ tx }) =>
    tx.sql<{ name: string }>('select name from board_column where id = $1', [data.columnId]),
  )
  return column?.name ?? null
}
