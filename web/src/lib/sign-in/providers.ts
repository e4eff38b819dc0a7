import { createApi } from '#lib/api.ts'

export type WaysIn = { providers: { id: string; name: string }[]; passkey: boolean }

/** Without an answer people can still sign in by password, so a failure here is no error of the page. */
export async function listWaysIn(fetch: typeof globalThis.fetch): Promise<WaysIn> {
  const answer = await createApi(fetch)
    .get<Partial<WaysIn>>('/api/auth/providers')
    .catch(() => ({}) as Partial<WaysIn>)
  return { providers: answer.providers ?? [], passkey: answer.passkey ?? false }
}
