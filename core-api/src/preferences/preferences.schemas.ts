import { z } from '@hono/zod-openapi'
import { REASONS } from '@taskflow/shared/dto/notification.ts'
import { Channels, Digest, QuietHours } from '@taskflow/shared/dto/preferences.ts'

const DAY_MINUTES = 24 * 60

export const PreferencesBody = z
  .strictObject({
    matrix: z.partialRecord(z.enum(REASONS), Channels.partial()).optional(),
    quietHours: QuietHours.nullish(),
    digest: Digest.optional(),
    mailDelayMinutes: z.int().min(0).max(DAY_MINUTES).nullish(),
  })
  .openapi('EditPreferences', {
    example: { matrix: { commented: { email: true } }, quietHours: { from: '22:00', to: '07:00' }, digest: 'instant' },
  })
export type PreferencesEdit = z.infer<typeof PreferencesBody>
