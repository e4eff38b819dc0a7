/** A letter as it leaves: what its sender has decided, before the mail server has its say. */
export interface Mail {
  to: string
  subject: string
  text: string
  html?: string
  headers?: Record<string, string>
  /** Of the conversation that it belongs to. */
  inReplyTo?: string
  references?: string[]
}

const SAFE_DOMAIN = /^[a-z0-9.-]+$/i

/** The same for every attempt at the same message, so that a mailbox that gets it twice can tell. */
export const messageId = (publicUrl: string, name: string): string => `<${name}@${domainOf(publicUrl)}>`

function domainOf(publicUrl: string): string {
  const { hostname } = new URL(publicUrl)
  return SAFE_DOMAIN.test(hostname) ? hostname : 'taskflow.localhost'
}
