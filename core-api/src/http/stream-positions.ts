/**
 * Which positions an answer names: never another person's stream, and the boards only of an act about a board. One
 * about the workspace may touch hundreds, also private ones that the actor does not see: there its own says enough.
 */
export function namedPositions(positions: string, userId: string): string {
  const all = positions ? positions.split(', ') : []
  const boards = all.filter((one) => one.startsWith('b:'))
  const isAboutWorkspace = boards.length > 1 && all.some((one) => one.startsWith('w:'))
  return all
    .filter((one) => !one.startsWith('u:') || one.startsWith(`u:${userId}=`))
    .filter((one) => !isAboutWorkspace || !one.startsWith('b:'))
    .join(', ')
}
