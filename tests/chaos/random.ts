export type Random = ReturnType<typeof createRandom>

/** Small and the same everywhere: what a seed decided once, it decides again. */
export function createRandom(seed: number) {
  let state = seed >>> 0
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  return {
    below,
    pick: <T>(list: readonly T[]): T => list[below(list.length)]!,
    /** Another one, so that who works beside each other does not decide for each other. */
    fork: () => createRandom(below(2 ** 32)),
  }
}
