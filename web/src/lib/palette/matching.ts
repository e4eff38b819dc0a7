interface Match<T> {
  item: T
  score: number
}

/** Every word must begin a word of the name, or stand in it; those that begin the name come first. */
export function scoreOf(name: string, text: string): number {
  const all = name.toLocaleLowerCase()
  let score = 0
  for (const word of text.toLocaleLowerCase().split(/\s+/).filter(Boolean)) {
    const at = all.indexOf(word)
    if (at < 0) return 0
    score += at === 0 ? 4 : /[\s\p{P}]/u.test(all[at - 1]!) ? 3 : 1
  }
  return score || 1
}

export function bestOf<T extends { name: string; hint?: string }>(items: Iterable<T>, text: string, most: number): T[] {
  const found: Match<T>[] = []
  for (const item of items) {
    const score = Math.max(scoreOf(item.name, text), item.hint ? scoreOf(`${item.hint} ${item.name}`, text) - 1 : 0)
    if (score > 0) found.push({ item, score })
  }
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ item }) => item)
}
