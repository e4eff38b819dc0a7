import type { Reason } from '@taskflow/shared/dto/notification.ts'

export interface Told {
  /** Who did it; nobody, if it happened by itself. */
  who: string | null
  subject: string
  workspace: string
  /** The name of a column, the beginning of a comment. */
  excerpt: string | null
}

interface Words {
  happened: Record<Reason, (told: Told) => string>
  why: Record<Reason, string>
  more: (count: number) => string
  open: string
  openInbox: string
  preferences: string
  unsubscribe: string
  digestSubject: (count: number, workspace: string) => string
  digestHead: (count: number, workspace: string) => string
  digestWhy: string
  digestMore: (count: number) => string
  and: string
  stop: { title: string; ask: string; button: string; done: string; invalid: string }
}

const somebody = ({ who }: Told, fallback: string) => who ?? fallback

const en: Words = {
  happened: {
    mentioned: (told) => `${somebody(told, 'Somebody')} mentioned you`,
    assigned: (told) => `${somebody(told, 'Somebody')} assigned this to you`,
    overdue: () => 'This is overdue',
    due_soon: () => 'This is due soon',
    reminder: () => 'You wanted to be reminded of this',
    invited: (told) => `${somebody(told, 'Somebody')} invited you to ${told.subject}`,
    access_lost: (told) => `You no longer have access to ${told.subject}`,
    webhook_disabled: (told) => `The webhook ${told.subject} was switched off, since it did not answer any more`,
    unassigned: (told) => `${somebody(told, 'Somebody')} took this off you`,
    commented: (told) => `${somebody(told, 'Somebody')} commented`,
    status_changed: (told) => `${somebody(told, 'Somebody')} changed the status`,
  },
  why: {
    mentioned: 'you were mentioned',
    assigned: 'it was assigned to you',
    overdue: 'you are assigned and it is overdue',
    due_soon: 'you are assigned and it is due soon',
    reminder: 'you set a reminder',
    invited: 'you were invited',
    access_lost: 'your access has changed',
    webhook_disabled: 'you run the workspace',
    unassigned: 'you were assigned',
    commented: 'you take part or watch',
    status_changed: 'you are assigned or watch',
  },
  more: (count) => (count === 1 ? 'and 1 more change' : `and ${count} more changes`),
  open: 'Open in Taskflow',
  openInbox: 'Open the inbox',
  preferences: 'Choose what is mailed to you',
  unsubscribe: 'No more of these mails',
  digestSubject: (count, workspace) => `${workspace}: ${count} unread`,
  digestHead: (count, workspace) => `${count} unread ${count === 1 ? 'thing' : 'things'} in ${workspace}`,
  digestWhy: 'you chose to get your notifications collected',
  digestMore: (count) => `and ${count} more in your inbox`,
  and: 'and',
  stop: {
    title: 'Mail from Taskflow',
    ask: 'Do you want no more mails about what happens on your boards? In the app you are told as before.',
    button: 'No more mails',
    done: 'Done: there will be no more of these mails. You can switch them on again in the settings.',
    invalid: 'This link is not valid.',
  },
}

const de: Words = {
  happened: {
    mentioned: (told) => `${somebody(told, 'Jemand')} hat dich erwähnt`,
    assigned: (told) => `${somebody(told, 'Jemand')} hat dir das zugewiesen`,
    overdue: () => 'Das ist überfällig',
    due_soon: () => 'Das ist bald fällig',
    reminder: () => 'Daran wolltest du erinnert werden',
    invited: (told) => `${somebody(told, 'Jemand')} hat dich zu ${told.subject} eingeladen`,
    access_lost: (told) => `Du hast keinen Zugang mehr zu ${told.subject}`,
    webhook_disabled: (told) => `Der Webhook ${told.subject} wurde abgeschaltet, da er nicht mehr antwortet`,
    unassigned: (told) => `${somebody(told, 'Jemand')} hat dir das abgenommen`,
    commented: (told) => `${somebody(told, 'Jemand')} hat kommentiert`,
    status_changed: (told) => `${somebody(told, 'Jemand')} hat den Status geändert`,
  },
  why: {
    mentioned: 'du erwähnt wurdest',
    assigned: 'es dir zugewiesen wurde',
    overdue: 'es dir zugewiesen und überfällig ist',
    due_soon: 'es dir zugewiesen und bald fällig ist',
    reminder: 'du eine Erinnerung gesetzt hast',
    invited: 'du eingeladen wurdest',
    access_lost: 'sich dein Zugang geändert hat',
    webhook_disabled: 'du den Arbeitsbereich verwaltest',
    unassigned: 'es dir zugewiesen war',
    commented: 'du beteiligt bist oder beobachtest',
    status_changed: 'es dir zugewiesen ist oder du es beobachtest',
  },
  more: (count) => (count === 1 ? 'und 1 weitere Änderung' : `und ${count} weitere Änderungen`),
  open: 'In Taskflow öffnen',
  openInbox: 'Posteingang öffnen',
  preferences: 'Auswählen, was per E-Mail kommt',
  unsubscribe: 'Keine solchen E-Mails mehr',
  digestSubject: (count, workspace) => `${workspace}: ${count} ungelesen`,
  digestHead: (count, workspace) => `${count} ${count === 1 ? 'Neuigkeit' : 'Neuigkeiten'} in ${workspace}`,
  digestWhy: 'du deine Benachrichtigungen gesammelt bekommen möchtest',
  digestMore: (count) => `und ${count} weitere in deinem Posteingang`,
  and: 'und',
  stop: {
    title: 'E-Mails von Taskflow',
    ask: 'Möchtest du keine E-Mails mehr über das, was auf deinen Boards geschieht? In der App erfährst du es wie bisher.',
    button: 'Keine E-Mails mehr',
    done: 'Erledigt: Es kommen keine solchen E-Mails mehr. In den Einstellungen kannst du sie wieder einschalten.',
    invalid: 'Dieser Link ist ungültig.',
  },
}

export type Language = 'en' | 'de'
export type { Words }

export const languageOf = (locale: string | null | undefined): Language => (locale?.startsWith('de') ? 'de' : 'en')
export const wordsOf = (language: Language): Words => ({ en, de })[language]

/** The sentence under a mail that says why it came. */
export const becauseOf = (language: Language, why: string): string =>
  language === 'de' ? `Du bekommst das, weil ${why}.` : `You get this because ${why}.`
