import { createApi } from '#lib/api.ts'

export function canUsePasskeys(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential
}

export async function signInWithPasskey(fetch: typeof globalThis.fetch): Promise<void> {
  const api = createApi(fetch)
  const options = await api.get<PublicKeyCredentialRequestOptionsJSON>(
    '/api/auth/passkey/generate-authenticate-options',
  )
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
  await api.post('/api/auth/passkey/verify-authentication', { response: credential.toJSON() })
}
