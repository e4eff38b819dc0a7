import { allows } from '#lib/allows.ts'
import type { Words } from '#lib/messages/parts.ts'
import type { Me } from '#lib/session.ts'

export interface SettingsPlace {
  href: string
  name: string
}

/** Where one sets things up: for oneself, and for the workspace as far as one may. */
export function settingsPlaces(words: Words<'settings'>, workspace: Me['workspaces'][number]) {
  const may = (permission: string) => allows(workspace.permissions, permission)
  const at = `/workspaces/${workspace.id}`
  const mine: SettingsPlace[] = [
    { href: '/profile', name: words.profile },
    { href: '/profile/security', name: words.security },
    { href: '/settings', name: words.appearance },
    { href: '/settings/notifications', name: words.notifications },
    { href: '/connection', name: words.connection },
  ]
  const ours: SettingsPlace[] = [
    { href: `${at}/settings`, name: words.general, isOpen: true },
    { href: `${at}/members`, name: words.members, isOpen: workspace.role !== 'guest' },
    { href: `${at}/invitations`, name: words.invitations, isOpen: may('member:invite') },
    { href: `${at}/roles`, name: words.roles, isOpen: may('role:write') },
    { href: `${at}/labels`, name: words.labels, isOpen: workspace.role !== 'guest' },
    { href: `${at}/webhooks`, name: words.webhooks, isOpen: may('webhook:write') },
    { href: `${at}/deliveries`, name: words.deliveries, isOpen: may('audit:read') },
  ].filter(({ isOpen }) => isOpen)
  return { mine, ours }
}
