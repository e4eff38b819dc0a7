const LEVELS: Record<number, string> = { 10: 'trace', 20: 'debug', 40: 'warn', 50: 'error', 60: 'fatal' }
const SHOWN_OTHERWISE = new Set(['level', 'time', 'msg', 'pid', 'hostname', 'service', 'name', 'v'])

/** Turns a JSON log line into one that a person reads; any other line stays as it is. */
export function showLine(service: string, line: string, paint: (text: string) => string = (text) => text): string {
  const label = paint(service.padEnd(9))
  const record = line.startsWith('{') ? parse(line) : undefined
  if (!record) return `${label} ${line}`
  const level = LEVELS[Number(record.level)]
  const rest = Object.entries(record).filter(([key, value]) => !SHOWN_OTHERWISE.has(key) && value !== undefined)
  const facts = rest.map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return [label, level && `${level}:`, String(record.msg ?? ''), ...facts].filter(Boolean).join(' ')
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
