/** Looks again and again until there is something. */
export async function until<T>(look: () => T | Promise<T>, withinMs = 60_000): Promise<NonNullable<T>> {
  for (const end = Date.now() + withinMs; Date.now() < end; await new Promise((done) => setTimeout(done, 50))) {
    const found = await look()
    if (found) return found
  }
  throw new Error(`It did not happen within ${withinMs} ms`)
}
