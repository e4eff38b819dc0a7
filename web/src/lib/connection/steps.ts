export const STEPS = ['http', 'token', 'socket', 'join', 'heads', 'clock'] as const
export type StepName = (typeof STEPS)[number]

export type Cure =
  | 'offline'
  | 'unreachable'
  | 'apiDown'
  | 'apiSlow'
  | 'signedOut'
  | 'tokenFailed'
  | 'upgrade'
  | 'realtimeDown'
  | 'origin'
  | 'refusedToken'
  | 'moving'
  | 'join'
  | 'resync'
  | 'heads'
  | 'clock'
  | 'unexpected'

export interface Result {
  state: 'waiting' | 'running' | 'ok' | 'slow' | 'bad' | 'skipped'
  ms?: number
  cure?: Cure
  /** For the report: what the other side said, word by word. */
  detail?: string
  /** Of the clock alone: how far this device is ahead. */
  apartMs?: number
}

export type Results = Record<StepName, Result>

export const SLOW_HTTP_MS = 1_000
/** Tokens live for minutes, and a minute of difference is forgiven. */
export const CLOCK_LIMIT_MS = 45_000

/** The live service can be reached, but no WebSocket: what is in between drops the upgrade. */
export function cureOfSocket(code: string | null, plainStatus: number): Cure {
  if (code === 'origin.refused') return 'origin'
  if (code === 'session.ended') return 'signedOut'
  if (code === 'node.moving' || code === 'node.unavailable') return 'moving'
  if (code?.startsWith('token.')) return 'refusedToken'
  // Socket.IO answers a plain request with 400: transport unknown. A gateway without it answers 502 to 504.
  if (plainStatus === 0) return 'unreachable'
  return plainStatus >= 500 || plainStatus === 404 ? 'realtimeDown' : 'upgrade'
}

export function cureOfHttp(status: number, isOnline: boolean): Cure {
  if (!isOnline) return 'offline'
  return status >= 500 ? 'apiDown' : 'unreachable'
}

/** The server's clock from a `Date` header, which tells whole seconds, asked for between two moments of ours. */
export function clockApart(date: string | null, askedAt: number, answeredAt: number): number | null {
  const theirs = date ? Date.parse(date) : Number.NaN
  if (Number.isNaN(theirs)) return null
  const earliest = askedAt - (theirs + 999)
  const latest = answeredAt - theirs
  if (earliest <= 0 && latest >= 0) return 0
  return earliest > 0 ? earliest : latest
}

const LINE: Record<Result['state'], string> = {
  waiting: '..',
  running: '..',
  ok: 'ok',
  slow: 'slow',
  bad: 'FAIL',
  skipped: '--',
}

/** Plain lines for whoever runs the server, in English whatever the screen speaks. */
export function reportOf(results: Results, about: { at: string; origin: string; userAgent: string }): string {
  const lines = STEPS.map((name) => {
    const { state, ms, cure, detail, apartMs } = results[name]
    const facts = [
      LINE[state].padEnd(4),
      name.padEnd(6),
      ms === undefined ? '' : `${Math.round(ms)} ms`,
      apartMs === undefined ? '' : `${(apartMs / 1000).toFixed(1)} s apart`,
      cure ?? '',
      detail ?? '',
    ]
    return facts.filter(Boolean).join('  ')
  })
  return ['Taskflow connection report', `${about.at}  ${about.origin}`, about.userAgent, '', ...lines].join('\n')
}
