// Of this device alone: another one may stand in an open-plan office.

const KEYS = { sound: 'alerts.sound', desktop: 'alerts.desktop' } as const
type Setting = keyof typeof KEYS

export function isOn(setting: Setting): boolean {
  try {
    return localStorage.getItem(KEYS[setting]) === 'on'
  } catch {
    return false
  }
}

export function turn(setting: Setting, on: boolean): void {
  try {
    localStorage.setItem(KEYS[setting], on ? 'on' : 'off')
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export const desktopPermission = (): NotificationPermission | 'missing' =>
  typeof Notification === 'undefined' ? 'missing' : Notification.permission
