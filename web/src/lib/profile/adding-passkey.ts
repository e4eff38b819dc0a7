import { createApi } from '#lib/api.ts'

export const canAddPasskeys = () =>
  typeof PublicKeyCredential !== 'undefined' && 'parseCreationOptionsFromJSON' in PublicKeyCredential

export async function addPasskey(fetch: typeof globalThis.fetch, name: string): Promise<void> {
  const api = createApi(fetch)
  const query = new URLSearchParams({ name })
  const options = await api.get<PublicKeyCredentialCreationOptionsJSON>(
    `/api/auth/passkey/generate-register-options?${query}`,
  )
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
  await api.post('/api/auth/passkey/verify-registration', { response: credential.toJSON(), name })
}
