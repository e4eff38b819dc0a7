import type { Transporter } from 'nodemailer'
import type { Config } from '../config.ts'
import type { Mail } from './mail.ts'

const CONNECT_WITHIN_MS = 10_000
const SILENT_FOR_MS = 30_000

export interface MailServer {
  send(mail: Mail, messageId: string, signal: AbortSignal): Promise<string>
  close(): void
}

/** `undefined` where none is configured. */
export function createMailServer({ smtpUrl, mailFrom }: Pick<Config, 'smtpUrl' | 'mailFrom'>): MailServer | undefined {
  if (!smtpUrl) return undefined
  let opening: Promise<Transporter> | undefined
  // Loaded only where mail is sent.
  const open = () =>
    (opening ??= import('nodemailer').then(({ createTransport }) =>
      createTransport(withTimeouts(smtpUrl), { from: mailFrom }),
    ))
  return {
    async send({ inReplyTo, references, ...mail }, messageId, signal) {
      const transport = await open()
      const { response } = await transport.sendMail({ ...mail, messageId, inReplyTo, references, signal })
      return String(response)
    },
    close: () => void opening?.then((transport) => transport.close()),
  }
}

function withTimeouts(smtpUrl: string): string {
  const url = new URL(smtpUrl)
  const wanted = {
    connectionTimeout: CONNECT_WITHIN_MS,
    greetingTimeout: CONNECT_WITHIN_MS,
    socketTimeout: SILENT_FOR_MS,
  }
  for (const [name, ms] of Object.entries(wanted)) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(ms))
  }
  return url.href
}
