import type { Locale } from './locale.ts'

/** Words that only some screens need travel with them. English decides the shape of each part. */
const parts = {
  connection: {
    en: async () => (await import('./en/connection.ts')).connection,
    de: async () => (await import('./de/connection.ts')).connection,
  },
  home: {
    en: async () => (await import('./en/home.ts')).home,
    de: async () => (await import('./de/home.ts')).home,
  },
  inbox: {
    en: async () => (await import('./en/inbox.ts')).inbox,
    de: async () => (await import('./de/inbox.ts')).inbox,
  },
  invitation: {
    en: async () => (await import('./en/invitation.ts')).invitation,
    de: async () => (await import('./de/invitation.ts')).invitation,
  },
  myTasks: {
    en: async () => (await import('./en/my-tasks.ts')).myTasks,
    de: async () => (await import('./de/my-tasks.ts')).myTasks,
  },
  preferences: {
    en: async () => (await import('./en/preferences.ts')).preferences,
    de: async () => (await import('./de/preferences.ts')).preferences,
  },
  profile: {
    en: async () => (await import('./en/profile.ts')).profile,
    de: async () => (await import('./de/profile.ts')).profile,
  },
  removed: {
    en: async () => (await import('./en/removed.ts')).removed,
    de: async () => (await import('./de/removed.ts')).removed,
  },
  settings: {
    en: async () => (await import('./en/settings.ts')).settings,
    de: async () => (await import('./de/settings.ts')).settings,
  },
  task: {
    en: async () => (await import('./en/task.ts')).task,
    de: async () => (await import('./de/task.ts')).task,
  },
  webhooks: {
    en: async () => (await import('./en/webhooks.ts')).webhooks,
    de: async () => (await import('./de/webhooks.ts')).webhooks,
  },
  workspace: {
    en: async () => (await import('./en/workspace.ts')).workspace,
    de: async () => (await import('./de/workspace.ts')).workspace,
  },
} as const

type Parts = typeof parts
export type Words<Part extends keyof Parts> = Awaited<ReturnType<Parts[Part]['en']>>

export const loadWords = <Part extends keyof Parts>(part: Part, locale: Locale): Promise<Words<Part>> =>
  parts[part][locale]() as Promise<Words<Part>>
