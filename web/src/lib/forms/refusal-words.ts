import type { Messages } from '#lib/messages/en.ts'

/** Why the server did not accept something, in the person's language: by its code, else by its kind. */
export function refusalWords({ refused, problem }: Messages, { code, status }: { code: string; status: number }) {
  const own = (refused.codes as Record<string, string>)[code]
  if (own) return own
  if (code.startsWith('quotas.')) return refused.full
  if (code.startsWith('request.invalid')) return refused.text
  if (status === 404 || status === 410) return refused.gone
  return status === 403 ? refused.forbidden : problem.refused
}
