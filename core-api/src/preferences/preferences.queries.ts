import { REASONS, type Reason } from '@taskflow/shared/dto/notification.ts'
import type { Channels, Preferences } from '@taskflow/shared/dto/preferences.ts'
import type { Ctx } from '../context.ts'
import { DEFAULT_CHANNELS } from './preferences.ts'

export type Matrix = Partial<Record<Reason, Partial<Channels>>>

export interface PreferenceRow {
  /** Only what differs from the defaults, as far as it was ever said. */
  matrix: Matrix
  quietHours: Preferences['quietHours']
  digest: Preferences['digest']
  mailDelayMinutes: number | null
}

const ROW = `
  select matrix, quiet_hours as "quietHours", digest, mail_delay_minutes as "mailDelayMinutes"
  from preference where user_id = $1`

const MUTED = `select workspace_id as "workspaceId", board_id as "boardId" from mute where user_id = $1`

const NOTHING_SAID: PreferenceRow = { matrix: {}, quietHours: null, digest: 'instant', mailDelayMinutes: null }
const MINUTE_MS = 60_000

export async function getPreferenceRow(ctx: Ctx): Promise<PreferenceRow> {
  const [row] = await ctx.tx.sql<PreferenceRow & Record<string, unknown>>(ROW, [ctx.actor.id])
  return row ?? NOTHING_SAID
}

export async function getPreferences(ctx: Ctx): Promise<Preferences> {
  const [row, muted] = await Promise.all([
    getPreferenceRow(ctx),
    ctx.tx.sql<{ workspaceId: string; boardId: string | null }>(MUTED, [ctx.actor.id]),
  ])
  return toPreferences(ctx, row, {
    workspaceIds: muted.filter(({ boardId }) => !boardId).map(({ workspaceId }) => workspaceId),
    boardIds: muted.flatMap(({ boardId }) => boardId ?? []),
  })
}

function toPreferences({ deps }: Ctx, row: PreferenceRow, muted: Preferences['muted']): Preferences {
  const { matrix, quietHours, digest, mailDelayMinutes } = row
  return {
    matrix: Object.fromEntries(
      REASONS.map((reason) => [reason, { ...DEFAULT_CHANNELS[reason], ...matrix[reason] }]),
    ) as Preferences['matrix'],
    quietHours,
    digest,
    mailDelayMinutes: mailDelayMinutes ?? Math.round(deps.config.mailDelayMs / MINUTE_MS),
    muted,
  }
}
