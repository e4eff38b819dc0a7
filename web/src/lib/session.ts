import type { Me } from '@taskflow/shared/dto/workspace.ts'
import { ApiError, createApi } from '#lib/api.ts'

export type { Me }

export async function findMe(fetch: typeof globalThis.fetch): Promise<Me | null> {
  try {
    return await createApi(fetch).get<Me>('/api/me')
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}
