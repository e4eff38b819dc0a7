import { createApi } from '#lib/api.ts'

export type WaysIn = { passkey: boolean; providers: { id: string; name: string }[] }

/** Without an answer people can still sign in by password, so a failure here is no error of the page. */
export async function listWaysIn(fetch: typeof globalThis.fetch): Promise<WaysIn> {
  return createApi(fetch)
    .get<WaysIn>('/api/auth/providers')
    .catch(() => ({ passkey: false, providers: [] }))
}
