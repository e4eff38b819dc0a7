import type { Mail } from '../mail/mail.ts'

interface Invited {
  to: string
  inviter: string
  workspace: string
  url: string
  days: number
}

export function invitationMail({ to, inviter, workspace, url, days }: Invited): Mail {
  return {
    to,
    subject: `${inviter} invites you to ${workspace}`,
    text: `Hello,\n\n${inviter} invites you to work together in the workspace "${workspace}":\n\n${url}\n\nThe link works for ${days} days and once. If you do not know what this is about, ignore this mail.\n`,
  }
}
