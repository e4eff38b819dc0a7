import { ApiError } from '#lib/api.ts'
import type { Messages } from '#lib/messages/en.ts'

export type Field = 'name' | 'email' | 'password' | 'newPassword' | 'code' | 'boardName' | 'workspaceName'
type Fault =
  'required' | 'emailShape' | 'passwordShort' | 'passwordLong' | 'passwordCommon' | 'emailTaken' | 'wrongCode'
type Reason =
  | 'wrongPassword'
  | 'twoFactorExpired'
  | 'unverified'
  | 'linkExpired'
  | 'tooMany'
  | 'locked'
  | 'codesUsedUp'
  | 'unreachable'
  | 'unexpected'
  | 'refused'
  | 'disabled'

/** What a form gets back when it was not accepted: codes, put into words where they are shown. */
export type Refusal = {
  values: Partial<Record<Field, string>>
  faults: Partial<Record<Field, Fault>>
  reason?: Reason
  seconds?: number
  requestId?: string
}

const FAULTS: Record<string, [Field, Fault]> = {
  invalid_email: ['email', 'emailShape'],
  user_already_exists: ['email', 'emailTaken'],
  user_already_exists_use_another_email: ['email', 'emailTaken'],
  weak_password: ['newPassword', 'passwordCommon'],
  invalid_code: ['code', 'wrongCode'],
  invalid_backup_code: ['code', 'wrongCode'],
}

const REASONS: Record<string, Reason> = {
  invalid_email_or_password: 'wrongPassword',
  invalid_two_factor_cookie: 'twoFactorExpired',
  email_not_verified: 'unverified',
  invalid_token: 'linkExpired',
  token_expired: 'linkExpired',
  disabled: 'disabled',
  account_temporarily_locked: 'locked',
  too_many_attempts_request_new_code: 'codesUsedUp',
}

export function toRefusal(error: unknown, values: Refusal['values']): Refusal {
  if (!(error instanceof ApiError)) throw error
  const code = error.code.split('.').at(-1)!
  const fault = FAULTS[code]
  if (fault) return { values, faults: { [fault[0]]: fault[1] } }
  if ('email' in error.fields) return { values, faults: { email: 'emailShape' } }
  return {
    values,
    faults: {},
    reason: reasonOf(error, code),
    ...(error.status === 429 && { seconds: error.retryAfterSeconds ?? 60 }),
    ...(error.requestId && { requestId: error.requestId }),
  }
}

function reasonOf(error: ApiError, code: string): Reason {
  const reason = REASONS[code]
  if (reason) return reason
  if (error.status === 429) return 'tooMany'
  if (error.isUnreachable) return 'unreachable'
  return error.status >= 500 ? 'unexpected' : 'refused'
}

export function faultText(m: Messages, field: Field, refusal: Refusal | null | undefined): string | undefined {
  const fault = refusal?.faults[field]
  if (!fault) return undefined
  return fault === 'required' ? m.problem.required[field] : m.problem[fault]
}

export function reasonText(m: Messages, refusal: Refusal): string | undefined {
  if (!refusal.reason) return undefined
  return refusal.reason === 'tooMany' ? m.problem.tooMany(refusal.seconds ?? 60) : m.problem[refusal.reason]
}
