import { isSwitchedOn, keepSwitch } from '#lib/device.ts'

// Of this device alone: another one may stand in an open-plan office.

const KEYS = { sound: 'alerts.sound', desktop: 'alerts.desktop' } as const
type Setting = keyof typeof KEYS

export const isOn = (setting: Setting): boolean => isSwitchedOn(KEYS[setting], false)

export const turn = (setting: Setting, on: boolean): void => keepSwitch(KEYS[setting], on)

export const desktopPermission = (): NotificationPermission | 'missing' =>
  typeof Notification === 'undefined' ? 'missing' : Notification.permission
