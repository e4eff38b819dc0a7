import { defineEnvVars } from '@sveltejs/kit/env'

export const variables = defineEnvVars({
  API_URL: {
    description: 'Inner address of core-api, without a path',
    schema: (value) => innerAddress(value ?? 'http://127.0.0.1:3000'),
  },
})

function innerAddress(value: string): string {
  if (!URL.canParse(value)) throw new Error(`API_URL is not an address: ${value}`)
  return new URL(value).origin
}
