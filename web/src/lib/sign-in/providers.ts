import { createApi } from '#lib/api.ts'

export type WaysIn = { passkey: boolean; oidc: { id: string; name: string } | null }

/** Without an answer people can still sign in by password, so a failure here is no error of the page. */
export async function listWaysIn(fetch: typeof globalThis.fetch): Promise<WaysIn> {
  return createApi(fetch)
    .get<WaysIn>('/api/auth/providers')
    .catch(() => ({ passkey: false, oidc: null }))
}
