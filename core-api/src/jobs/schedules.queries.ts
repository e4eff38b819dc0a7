import type { ScheduleState } from '@taskflow/shared/dto/operations.ts'
import type { Ctx } from '../context.ts'

const LIST = `
  select name, every_seconds as "everySeconds", iso(started_at) as "lastStartedAt", iso(finished_at) as "lastFinishedAt",
    last_error as "lastError", coalesce(running_until > $1, false) as running, iso(next_at) as "nextAt"
  from schedule order by name`

export const listSchedules = (ctx: Ctx): Promise<ScheduleState[]> => ctx.tx.sql<ScheduleState & object>(LIST, [ctx.now])
