export const FOLDED_COOKIE = 'folded-columns'
const KEPT = 50

/** Columns that this person has folded away on this device; in a cookie, so that the first paint knows them. */
export const readFolded = (cookie: string | undefined): string[] => (cookie ?? '').split('.').filter(Boolean)

/** Folded if it was open, and the other way round; the latest come first. */
export function withToggled(folded: readonly string[], columnId: string): string[] {
  const short = shortOf(columnId)
  const others = folded.filter((one) => one !== short)
  return others.length < folded.length ? others : [short, ...others].slice(0, KEPT)
}

/** The end of an id is random enough to tell one person's columns apart, and a cookie travels with each request. */
export const shortOf = (columnId: string): string => columnId.slice(-12)
