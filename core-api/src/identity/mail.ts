import type { Mail } from '../mail/mail.ts'

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
