/** Whose addresses browsers hand out. Elsewhere nothing is sent: an endpoint is an address like any other to its giver. */
const SERVICES: [service: string, hosts: RegExp][] = [
  ['Google', /^(fcm|jmt17)\.googleapis\.com$/],
  ['Mozilla', /^([a-z0-9-]+\.)*push\.services\.mozilla\.com$/],
  ['Apple', /^([a-z0-9-]+\.)*push\.apple\.com$/],
  ['Microsoft', /^([a-z0-9-]+\.)*notify\.windows\.com$/],
]

/** The push service that an endpoint belongs to, if it is one that is known. */
export function pushServiceOf(endpoint: string): string | null {
  const url = URL.parse(endpoint)
  if (url?.protocol !== 'https:' || url.port || url.username || url.password) return null
  return SERVICES.find(([, hosts]) => hosts.test(url.hostname))?.[0] ?? null
}
