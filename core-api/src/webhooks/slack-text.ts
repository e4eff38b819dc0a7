/** A message as it was left for a webhook. */
export interface Payload {
  type: string
  workspaceId?: string
  actor?: { name: string }
  task?: { key: string; title: string; url: string }
  data?: Record<string, unknown>
  text?: string
}

const DONE: Record<string, string> = {
  'task.created': 'created',
  'task.updated': 'changed',
  'task.closed': 'closed',
  'task.reopened': 'opened again',
  'task.deleted': 'removed',
  'task.restored': 'brought back',
  'comment.created': 'commented on',
  'comment.updated': 'edited a comment on',
  'comment.deleted': 'deleted a comment on',
}
const EXCERPT = 300

export function slackText(payload: Payload, column: string | null): string {
  const { type, actor, task, data = {}, text } = payload
  if (text) return escaped(text)
  const who = `*${escaped(actor?.name ?? 'Somebody')}*`
  if (!task) return `${who}: ${type.replace('.', ' ')}${nameOf(data)}`
  const link = slackLink(task.url, `${task.key} ${task.title}`)
  if (type === 'task.moved') return `${who} moved ${link}${column === null ? '' : ` to *${escaped(column)}*`}`
  const said = type === 'comment.created' && typeof data.body === 'string' ? `\n> ${escaped(shortened(data.body))}` : ''
  return `${who} ${DONE[type] ?? type.replace('.', ' ')} ${link}${said}`
}

export const slackLink = (url: string, title: string): string => `<${url}|${escaped(title).replaceAll('|', '¦')}>`

const nameOf = ({ name }: Record<string, unknown>) => (typeof name === 'string' ? ` “${escaped(name)}”` : '')

/** The three characters that mean something to Slack; without them nobody can be mentioned or linked by a title. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT - 1).toWellFormed()}…` : line
}
