const SHORTEST_MS = 60_000
const LONGEST_MS = 10 * 60_000

/** How long a token that was just issued lives. The device's own clock may be wrong by hours. */
export function lifeOf(token: string, now: number): number {
  const { iat, exp } = claimsOf(token)
  if (!exp) return SHORTEST_MS
  const life = exp * 1000 - (iat ? iat * 1000 : now)
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, life))
}

function claimsOf(token: string): { iat?: number; exp?: number } {
  try {
    return JSON.parse(atob(token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')))
  } catch {
    return {}
  }
}
