import type { Config } from '../config.ts'
import type { Log } from '../log.ts'

export type Mail = { to: string; subject: string; text: string }
export type Mailer = (mail: Mail) => void

// Answering never waits for the mail server: how long it takes would tell who has an account.
export function createMailer(config: Pick<Config, 'smtpUrl' | 'mailFrom'>, log: Log): Mailer {
  if (!config.smtpUrl)
    return (mail) => log.info({ mail: { to: mail.to, subject: mail.subject, text: mail.text } }, 'mail')
  const { smtpUrl, mailFrom } = config
  // Loaded only where mail is sent.
  const transport = import('nodemailer').then(({ createTransport }) => createTransport(smtpUrl, { from: mailFrom }))
  return (mail) => {
    transport
      .then((open) => open.sendMail(mail))
      .catch((error: unknown) => log.error({ err: error, subject: mail.subject }, 'mail not sent'))
  }
}

export function verificationMail(to: string, name: string, url: string): Mail {
  return {
    to,
    subject: 'Confirm your e-mail address',
    text: `Hello ${name},\n\nplease confirm that this address is yours:\n\n${url}\n\nThe link works for one hour. If you did not sign up, ignore this mail.\n`,
  }
}

export function resetMail(to: string, name: string, url: string): Mail {
  return {
    to,
    subject: 'Choose a new password',
    text: `Hello ${name},\n\nsomebody, probably you, asked for a new password. Choose it here:\n\n${url}\n\nThe link works for one hour and once. If it was not you, ignore this mail: nothing has changed.\n`,
  }
}
