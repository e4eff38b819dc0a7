import type { invitation as en } from '../en/invitation.ts'

export const invitation: typeof en = {
  title: (workspace) => `${workspace} beitreten`,
  by: (name) => `${name} hat dich eingeladen, hier mitzuarbeiten.`,
  byNobody: 'Du bist eingeladen, hier mitzuarbeiten.',
  role: (role) => `Du kommst mit der Rolle ${role} dazu.`,
  until: (when) => `Die Einladung gilt bis: ${when}.`,
  accept: 'Beitreten',
  busy: 'Tritt bei',
  signedInAs: (email) => `Du bist als ${email} angemeldet.`,
  other: 'Anderes Konto benutzen',
  signUp: 'Konto anlegen',
  signIn: 'Ich habe ein Konto',
  signedOutLead: 'Leg ein Konto an oder melde dich an, dann bist du gleich wieder hier.',
  invalidTitle: 'Diese Einladung gilt nicht',
  invalid: 'Sie wurde benutzt, widerrufen oder ist abgelaufen. Bitte um eine neue.',
  home: 'Zu deinen Boards',
  full: 'Der Arbeitsbereich hat keinen Platz für weitere Leute. Frag einen Inhaber.',
}
