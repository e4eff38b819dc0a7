import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gatewayConfig } from './config.ts'
import { nodeAddress } from './nodes.ts'
import { OTHER_PROBLEM, PROBLEMS, problemBody, problemPage } from './problems.ts'

export interface NginxSettings {
  host: string
  port: number
  apiNodes: string[]
  realtimeNodes: string[]
  webNodes: string[]
  /** Holds the pid file and the folders for temporary files; it must exist. */
  directory: string
  rateLimitScale?: number
  workers?: number
  workerUser?: string
  trustedProxies?: string[]
  accessLog?: string
  logLevel?: string
}

const here = fileURLToPath(new URL('.', import.meta.url))
const PLAIN_WORD = /^[\w./:-]+$/

export function renderNginxConf(settings: NginxSettings): string {
  const values = placeholders(settings)
  const template = readFileSync(here + 'nginx.conf', 'utf8')
  return template.replaceAll(/\$\{([A-Z_]+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`nginx.conf asks for ${name}, which nobody fills in`)
    return value
  })
}

/** How to start nginx on a rendered file: in the foreground, with its messages on stderr. */
export function nginxArguments(directory: string, file: string): string[] {
  return ['-e', 'stderr', '-p', directory, '-c', file]
}

function placeholders(settings: NginxSettings): Record<string, string> {
  const scale = settings.rateLimitScale ?? 1
  const openFiles = openFileLimit()
  const proxies = (settings.trustedProxies ?? []).map(plain)
  const realIp = 'real_ip_header X-Forwarded-For; real_ip_recursive on;'
  return {
    WORKER_USER: settings.workerUser ? `user ${plain(settings.workerUser)};` : '',
    WORKERS: String(settings.workers ?? 2),
    OPEN_FILES: String(openFiles),
    CONNECTIONS: String(Math.min(32768, Math.floor(openFiles * 0.9))),
    LOG_LEVEL: plain(settings.logLevel ?? 'warn'),
    ACCESS_LOG: settings.accessLog ? `access_log ${plain(settings.accessLog)} json;` : '',
    DIRECTORY: quoted(settings.directory),
    SNIPPETS: quoted(here + 'snippets'),
    LISTEN: listenAddress(settings.host, settings.port),
    TRUSTED_PROXIES: proxies.length ? proxies.map((one) => `set_real_ip_from ${one};`).join(' ') + ` ${realIp}` : '',
    TRUSTED_ADDRESSES: proxies.map((one) => `${one} 1;`).join(' '),
    API_SERVERS: servers(settings.apiNodes),
    REALTIME_SERVERS: servers(settings.realtimeNodes, NEVER_PASSED_OVER),
    WEB_SERVERS: servers(settings.webNodes),
    API_RATE: scaled(500, scale),
    API_BURST: scaled(1000, scale),
    WEB_RATE: scaled(100, scale),
    WEB_BURST: scaled(400, scale),
    SOCKET_RATE: scaled(100, scale),
    SOCKET_BURST: scaled(1000, scale),
    CALLS_PER_ADDRESS: scaled(1000, scale, 65_535),
    SOCKETS_PER_ADDRESS: scaled(2000, scale, 65_535),
    PROBLEMS: problemMap(),
    ERROR_PAGE: inString(
      problemPage({ title: '\0problem_title', detail: '\0problem_detail', requestId: '\0request_id' }),
    ),
  }
}

const PASSED_OVER = 'max_fails=2 fail_timeout=2s'
// nginx forgives a failure when a later request has ended, which a WebSocket does not for hours: nodes that are back
// would be given one socket every fail_timeout. A node that is away costs a refused connection instead.
const NEVER_PASSED_OVER = 'max_fails=0'

function servers(nodes: string[], failing = PASSED_OVER): string {
  if (nodes.length === 0) throw new Error('every part behind the gateway needs at least one node')
  return nodes.map((node) => `server ${nodeAddress(node)} ${failing};`).join(' ')
}

function problemMap(): string {
  const all = Object.entries(PROBLEMS)
  const map = (name: string, values: [string, string][], other: string) =>
    `map $status ${name} { default "${inString(other)}"; ` +
    values.map(([status, value]) => `${status} "${inString(value)}"; `).join('') +
    '}'
  return [
    map(
      '$problem_title',
      all.map(([status, { title }]) => [status, title]),
      OTHER_PROBLEM.title,
    ),
    map(
      '$problem_detail',
      all.map(([status, { detail }]) => [status, detail]),
      OTHER_PROBLEM.detail,
    ),
    map(
      '$problem',
      all.map(([status, problem]) => [status, problemBody(status, problem, '\0request_id')]),
      problemBody('\0status', OTHER_PROBLEM, '\0request_id'),
    ),
  ].join('\n  ')
}

// A variable is written \0name in text that goes into an nginx string, since the text itself must hold no live "$".
function inString(text: string): string {
  if (text.includes('$')) throw new Error('nginx has no way to write a plain $ in a string')
  return text.replaceAll('\\u0000', '\0').replaceAll(/["\\]/g, '\\$&').replaceAll('\0', '$')
}

function quoted(path: string): string {
  if (/["\\$\n]/.test(path)) throw new Error(`nginx cannot work in a folder with such a name: ${path}`)
  return path.replace(/\/$/, '')
}

function plain(word: string): string {
  if (!PLAIN_WORD.test(word)) throw new Error(`"${word}" cannot stand in an nginx configuration`)
  return word
}

function listenAddress(host: string, port: number): string {
  return host.includes(':') ? `[${plain(host)}]:${port} ipv6only=off` : `${plain(host)}:${port}`
}

function scaled(value: number, scale: number, most = 1_000_000): string {
  return String(Math.min(most, Math.max(1, Math.round(value * scale))))
}

function openFileLimit(): number {
  const report = process.report.getReport() as { userLimits?: { open_files?: { hard: number | string } } }
  const hard = Number(report.userLimits?.open_files?.hard)
  return Math.min(65_536, Number.isFinite(hard) ? hard : 65_536)
}

if (import.meta.main) process.stdout.write(renderNginxConf(gatewayConfig(process.env)))
