import type { PushSubscription as Device } from '@taskflow/shared/dto/push.ts'
import { createApi } from '#lib/api.ts'
import { deviceOf } from './device-words.ts'

export const canTakePush = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

/** The subscription of this browser, if it has one. */
export async function findPush(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration()
  return (await registration?.pushManager.getSubscription()) ?? null
}

/** False if the person, or the browser, says no. */
export async function subscribeToPush(fetch: typeof globalThis.fetch): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false
  const { publicKey } = await createApi(fetch).get<{ publicKey: string }>('/api/push/key')
  const { pushManager } = await navigator.serviceWorker.ready
  await save(fetch, await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }))
  return true
}

/** A subscription ends with the session that asked for it; an act that begins a new session here takes it along. */
export async function keepingPush<T>(fetch: typeof globalThis.fetch, act: () => Promise<T>): Promise<T> {
  const subscription = canTakePush() ? await findPush() : null
  const isKept = subscription !== null && (await isOnHere(fetch))
  const done = await act()
  if (isKept) await save(fetch, subscription).catch(() => {})
  return done
}

const isOnHere = (fetch: typeof globalThis.fetch) =>
  createApi(fetch)
    .get<{ items: Device[] }>('/api/me/push-subscriptions')
    .then(
      ({ items }) => items.some(({ isHere }) => isHere),
      () => false,
    )

async function save(fetch: typeof globalThis.fetch, subscription: PushSubscription): Promise<void> {
  const { browser, system } = deviceOf(navigator.userAgent)
  const device = [browser, system].filter(Boolean).join(', ')
  await createApi(fetch).post('/api/me/push-subscriptions', { ...subscription.toJSON(), device })
}

export async function unsubscribeFromPush(fetch: typeof globalThis.fetch): Promise<void> {
  const subscription = await findPush()
  if (!subscription) return
  const { endpoint } = subscription
  await subscription.unsubscribe()
  const init = { method: 'DELETE', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ endpoint }) }
  await fetch('/api/me/push-subscriptions', init)
}
