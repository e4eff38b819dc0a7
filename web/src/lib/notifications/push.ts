import { createApi } from '#lib/api.ts'

export const canTakePush = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

/** The subscription of this browser, if it has one. */
export async function findPush(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration()
  return (await registration?.pushManager.getSubscription()) ?? null
}

/** False if the person, or the browser, says no. */
export async function subscribeToPush(fetch: typeof globalThis.fetch, device: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false
  const api = createApi(fetch)
  const { publicKey } = await api.get<{ publicKey: string }>('/api/push/key')
  const { pushManager } = await navigator.serviceWorker.ready
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
  await api.post('/api/me/push-subscriptions', { ...subscription.toJSON(), device })
  return true
}

export async function unsubscribeFromPush(fetch: typeof globalThis.fetch): Promise<void> {
  const subscription = await findPush()
  if (!subscription) return
  const { endpoint } = subscription
  await subscription.unsubscribe()
  const init = { method: 'DELETE', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ endpoint }) }
  await fetch('/api/me/push-subscriptions', init)
}
