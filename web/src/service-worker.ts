import { version } from '$app/env'
import { immutable } from '$app/manifest'
import { self as here } from '$app/service-worker'

// Kept: files of the build, which never change under their names, and one page that says that one is offline.
// Never kept: anything that the API answers, and pages, which hold such answers.

interface Lasting {
  waitUntil(promise: Promise<unknown>): void
}
interface Fetching extends Lasting {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}
interface Shown {
  title: string
  body: string
  url: string
  tag: string
}

const CACHE = `taskflow-${version}`
const OFFLINE = ['/offline.html', '/offline.js', '/favicon.svg']
const BUILT = '/_app/immutable/'
const files = new Set(immutable.map(({ path }) => new URL(path, location.origin).pathname))

const on = <Event>(name: string, listen: (event: Event) => void) => here.addEventListener(name, listen as never)

on('install', (event: Lasting) => event.waitUntil(keepFiles().then(() => here.skipWaiting())))
on('activate', (event: Lasting) => event.waitUntil(dropOldCaches().then(() => here.clients.claim())))
on('fetch', (event: Fetching) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return
  if (request.method === 'POST' && pathname === '/sign-out') return event.waitUntil(Promise.all([endPush(), clear()]))
  if (request.method !== 'GET') return
  if (pathname.startsWith(BUILT) || OFFLINE.includes(pathname)) return event.respondWith(keptOrFetched(request))
  if (request.mode === 'navigate' && !pathname.startsWith('/api/')) event.respondWith(pageOrOffline(request))
})
on('push', (event: Lasting & { data: { json(): Shown } | null }) => {
  if (event.data) event.waitUntil(show(event.data.json()))
})
on('notificationclick', (event: Lasting & { notification: Notification }) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data.url))
})

async function keepFiles() {
  const cache = await caches.open(CACHE)
  await cache.addAll([...files, ...OFFLINE])
}

/** Whoever is here next is not shown what was meant for the one before. */
async function endPush() {
  const subscription = await here.registration.pushManager?.getSubscription()
  await subscription?.unsubscribe()
}

/** All but the page that says that one is offline: that holds for whoever is here next, too. */
async function clear() {
  const others = (await caches.keys()).filter((name) => name !== CACHE)
  await Promise.all(others.map((name) => caches.delete(name)))
  const cache = await caches.open(CACHE)
  const rest = (await cache.keys()).filter(({ url }) => !OFFLINE.includes(new URL(url).pathname))
  await Promise.all(rest.map((request) => cache.delete(request)))
}

/** The build before this one stays: a tab that it loaded may still need parts that the server no longer has. */
async function dropOldCaches() {
  const before = (await caches.keys()).filter((name) => name !== CACHE)
  await Promise.all(before.slice(0, -1).map((name) => caches.delete(name)))
}

const keptHere = async (request: Request | string) => (await caches.open(CACHE)).match(request)

async function keptOrFetched(request: Request): Promise<Response> {
  const kept = (await keptHere(request)) ?? (await caches.match(request))
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok && files.has(new URL(request.url).pathname)) {
    const copy = response.clone()
    await caches.open(CACHE).then((cache) => cache.put(request, copy))
  }
  return response
}

async function pageOrOffline(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch {
    return (await keptHere(OFFLINE[0]!)) ?? Response.error()
  }
}

async function show({ title, body, url, tag }: Shown) {
  const pages = await here.clients.matchAll({ type: 'window', includeUncontrolled: true })
  // Whoever is looking at Taskflow is told there.
  if (pages.some((page: { visibilityState: string }) => page.visibilityState === 'visible')) return
  await here.registration.showNotification(title, { body, tag, icon: '/icon-192.png', data: { url } })
}

async function open(address: string) {
  const url = new URL(address, location.origin)
  if (url.origin !== location.origin) return
  const [page] = await here.clients.matchAll({ type: 'window' })
  if (!page) return here.clients.openWindow(url.href)
  await page.focus()
  await page.navigate(url.href)
}
