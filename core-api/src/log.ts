import { type DestinationStream, type Logger, pino } from 'pino'
import type { Config } from './config.ts'

const SECRET_FIELDS = [
  'password',
  'newPassword',
  'currentPassword',
  'token',
  'cookie',
  'authorization',
  'secret',
  'prompt',
]
const REDACTED = SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
const SECRET_TEXT = /eyJ[\w-]{6,}\.[\w-]+\.[\w-]*|tf_\w{8,}|(?<=:\/\/[^\s:@/]*:)[^\s@/]+(?=@)/g
const MESSAGE_LIMIT = 300

export type Log = Logger

export function createLog(
  config: Pick<Config, 'logLevel'>,
  destination?: DestinationStream,
  service = 'core-api',
): Log {
  const options = {
    level: config.logLevel,
    base: { service },
    redact: { paths: REDACTED, censor: '[redacted]' },
    serializers: { err: toLoggedError },
  }
  return destination ? pino(options, destination) : pino(options)
}

// Database errors repeat the statement with its values: only the server's own first line is kept.
function toLoggedError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error).slice(0, MESSAGE_LIMIT) }
  const { code, cause } = error as Error & { code?: unknown }
  const root = cause instanceof Error && 'severity' in cause ? cause : error
  return {
    type: error.name,
    code,
    message: withoutSecrets(root.message.slice(0, MESSAGE_LIMIT)),
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
  }
}

function withoutSecrets(text: string): string {
  return text.replace(SECRET_TEXT, '[redacted]')
}
