const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** The origins of an installation. Locally people type either name of the machine: all are the same place. */
export function originsOf(publicUrl: string): string[] {
  const url = new URL(publicUrl)
  if (!LOOPBACK.includes(url.hostname)) return [url.origin]
  const port = url.port ? `:${url.port}` : ''
  return LOOPBACK.map((name) => `${url.protocol}//${name}${port}`)
}
