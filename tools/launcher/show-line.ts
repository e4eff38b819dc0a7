const LEVELS: Record<number, string> = { 10: 'trace', 20: 'debug', 40: 'warn', 50: 'error', 60: 'fatal' }
const SHOWN_OTHERWISE = new Set(['level', 'time', 'msg', 'pid', 'hostname', 'service', 'name', 'v'])

/** Turns a JSON log line into one that a person reads; any other line stays as it is. */
export function showLine(service: string, line: string, paint: (text: string) => string = (text) => text): string {
  const label = paint(service.padEnd(9))
  const record = line.startsWith('{') ? parse(line) : undefined
  const lines = record ? sayRecord(record).map(printable) : [line]
  return lines.map((text) => `${label} ${text}`.trimEnd()).join('\n')
}

function sayRecord(record: Record<string, unknown>): string[] {
  if (isMail(record.mail)) return sayMail(record.mail)
  const level = LEVELS[Number(record.level)]
  const rest = Object.entries(record).filter(([key, value]) => !SHOWN_OTHERWISE.has(key) && value !== undefined)
  const facts = rest.map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return [[level && `${level}:`, String(record.msg ?? ''), ...facts].filter(Boolean).join(' ')]
}

interface Mail {
  to: string
  subject: string
  text: string
}

/** Without a mail server this is where people find their links. */
function sayMail({ to, subject, text }: Mail): string[] {
  const lines = text.trimEnd().split(/\r?\n/)
  return [`mail to ${to}: ${subject}`, ...lines.map((line) => `  ${line}`)]
}

function isMail(value: unknown): value is Mail {
  const { to, subject, text } = (value ?? {}) as Partial<Mail>
  return [to, subject, text].every((part) => typeof part === 'string')
}

// What people wrote must neither end a line nor steer the terminal.
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

export function isWarning(line: string): boolean {
  return Number(parse(line)?.level) >= 40
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
