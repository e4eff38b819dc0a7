import House from '@lucide/svelte/icons/house'
import Inbox from '@lucide/svelte/icons/inbox'
import ListTodo from '@lucide/svelte/icons/list-todo'
import type { Messages } from '#lib/messages/en.ts'

export const places = [
  { path: '/', name: (m: Messages) => m.nav.home, Icon: House },
  { path: '/my-tasks', name: (m: Messages) => m.nav.myTasks, Icon: ListTodo },
  { path: '/inbox', name: (m: Messages) => m.nav.inbox, Icon: Inbox, showsUnread: true },
] as const

export function isAt(path: string, pathname: string): boolean {
  return path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`)
}

/** Everything that one sets up lies in one frame, whatever its address. */
export const isInSettings = (pathname: string): boolean =>
  ['/settings', '/profile', '/connection', '/workspaces'].some((path) => isAt(path, pathname))
